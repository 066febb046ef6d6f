/** A set of pairs of a sender and a recipient: opt-outs count for the pair, not for the resource. */
export class Pairs {
  readonly #recipients = new Map<string, Set<string>>();
  readonly #changed: (sender: string, recipient: string) => void;

  constructor(changed: (sender: string, recipient: string) => void) {
    this.#changed = changed;
  }

  has(sender: string, recipient: string): boolean {
    return this.#recipients.get(sender)?.has(recipient) ?? false;
  }

  add(sender: string, recipient: string): void {
    if (this.has(sender, recipient)) return;
    const recipients = this.#recipients.get(sender);
    if (recipients === undefined) this.#recipients.set(sender, new Set([recipient]));
    else recipients.add(recipient);
    this.#changed(sender, recipient);
  }

  delete(sender: string, recipient: string): void {
    if (this.#recipients.get(sender)?.delete(recipient) === true) this.#changed(sender, recipient);
  }

  list(): readonly (readonly [sender: string, recipient: string])[] {
    return [...this.#recipients].flatMap(([sender, recipients]) =>
      [...recipients].map((recipient) => [sender, recipient] as const),
    );
  }

  clear(): void {
    this.#recipients.clear();
  }
}
