export const plantedFaults = []
