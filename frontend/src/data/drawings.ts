// Addresses of the drawings, served beside the cards under the same version.
export function drawingUrl(name: string): string {
  return new URL(`../drawings/${encodeURIComponent(name)}.svg`, import.meta.url).href;
}
