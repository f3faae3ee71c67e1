// Bounds, so that no values freeze the page.

/** The most bytes of values that the page takes. */
export const MOST = 4 << 20;
