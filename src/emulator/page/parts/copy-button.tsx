import { useSignal } from "@preact/signals";
import { Icon } from "./icon.js";

interface CopyButtonProps {
  readonly text: string;
  /** What it copies, for those who do not see what it stands beside. */
  readonly label: string;
}

const shownInMs = 1500;

/** Copies a text. */
export function CopyButton({ text, label }: CopyButtonProps) {
  const outcome = useSignal<"Copy" | "Copied" | "Not allowed">("Copy");
  const copy = async () => {
    // A browser may refuse: the text stands there to be marked by hand.
    outcome.value = await navigator.clipboard.writeText(text).then(
      () => "Copied",
      () => "Not allowed",
    );
    setTimeout(() => (outcome.value = "Copy"), shownInMs);
  };
  return (
    <button type="button" class="small" onClick={() => void copy()}>
      <Icon name={outcome.value === "Copied" ? "check" : "copy"} />
      <span aria-live="polite">{outcome}</span>
      <span class="hidden"> {label}</span>
    </button>
  );
}
