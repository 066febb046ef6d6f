import { Icon } from "./icon.js";

interface StatusProps {
  /** The HTTP status; none where there was no answer. */
  readonly status: number | undefined;
  /** What to say then. */
  readonly without: string;
}

/** How a request was answered, for which colour is not all there is: a failure has its icon. */
export function Status({ status, without }: StatusProps) {
  const isBad = status === undefined || status >= 400;
  return (
    <span class={isBad ? "status bad" : "status good"}>
      <Icon name={isBad ? "cross" : "check"} />
      {status ?? without}
    </span>
  );
}
