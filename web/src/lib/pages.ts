/** The address of a drawn page, for an `<img>`: what stands in a résumé never runs there. */
export const pageImage = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`;
