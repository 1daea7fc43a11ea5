/** Each provider adds its own member by module augmentation. Options of other vendors are ignored. */
// biome-ignore lint/suspicious/noEmptyInterface: providers augment it
export interface ProviderOptions {}
