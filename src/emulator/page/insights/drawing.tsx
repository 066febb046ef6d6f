import type { Markup } from "../../../insights/report/page/markup.js";

/** What the report's code drew, which escapes every text. It is replaced only when it is another. */
export function Drawing({ of, class: name }: { readonly of: Markup; readonly class: string }) {
  return <div class={name} dangerouslySetInnerHTML={{ __html: of.toString() }} />;
}
