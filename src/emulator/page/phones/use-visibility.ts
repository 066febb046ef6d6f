import { useSignal, type ReadonlySignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** Whether an element is on the screen, and whether it ever came near it. */
export interface Visibility {
  readonly isSeen: ReadonlySignal<boolean>;
  readonly isNear: ReadonlySignal<boolean>;
}

/** Watches an element. */
export function useVisibility(element: RefObject<HTMLElement | null>): Visibility {
  const isSeen = useSignal(false);
  const isNear = useSignal(false);
  useEffect(() => {
    // More than half of it, so that the edge of a card beside others does not count as read.
    const seen = watch(element, { threshold: 0.5 }, (isInside) => (isSeen.value = isInside));
    const near = watch(element, { rootMargin: "100%" }, (isInside) => {
      if (isInside) isNear.value = true;
    });
    return () => [seen, near].forEach((observer) => observer.disconnect());
  }, []);
  return { isSeen, isNear };
}

function watch(
  element: RefObject<HTMLElement | null>,
  options: IntersectionObserverInit,
  tell: (isInside: boolean) => void,
): IntersectionObserver {
  const observer = new IntersectionObserver(
    (entries) => tell(entries.at(-1)?.isIntersecting ?? false),
    options,
  );
  if (element.current) observer.observe(element.current);
  return observer;
}
