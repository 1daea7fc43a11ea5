/** Each adapter adds its own member by module augmentation; options of other vendors are ignored. */
// biome-ignore lint/suspicious/noEmptyInterface: adapters augment it
export interface ProviderOptions {}
