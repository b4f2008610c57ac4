// Says what changed to those who listen instead of looking.
let region: HTMLElement | null = null;

export const useRegion = (element: HTMLElement): void => void (region = element);

/** Spoken once, when the listener's reader has time. The same text twice is said once. */
export function announce(text: string): void {
  if (region && region.textContent !== text) region.textContent = text;
}
