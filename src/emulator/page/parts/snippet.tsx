import { CopyButton } from "./copy-button.js";

/** Code to take along. */
export function Snippet({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <div class={code.includes("\n") ? "snippet lines" : "snippet"}>
      <pre tabIndex={0} role="group" aria-label={label}>
        <code>{code}</code>
      </pre>
      <CopyButton text={code} label={label} />
    </div>
  );
}
