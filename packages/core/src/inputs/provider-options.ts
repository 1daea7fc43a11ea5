/** Each adapter adds its own member by module augmentation. Options of other vendors are ignored. */
// biome-ignore lint/suspicious/noEmptyInterface: adapters augment it
export interface ProviderOptions {}
