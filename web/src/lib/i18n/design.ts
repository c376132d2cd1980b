export const designWords = {
} as const;
