/**
 * A ref for a film or a sound, beside `onError`: one that is known to be broken fails before React listens to it, and
 * the event is lost.
 */
export const ifFailed =
  (onFail: () => void) =>
  (media: HTMLMediaElement | null): void => {
    if (media?.error) onFail()
  }
