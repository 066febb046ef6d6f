/** A set of pairs of a sender and a recipient: opt-outs count for the pair, not for the resource. */
export class Pairs {
  readonly #recipients = new Map<string, Set<string>>();

  has(sender: string, recipient: string): boolean {
    return this.#recipients.get(sender)?.has(recipient) ?? false;
  }

  add(sender: string, recipient: string): void {
    const recipients = this.#recipients.get(sender);
    if (recipients === undefined) this.#recipients.set(sender, new Set([recipient]));
    else recipients.add(recipient);
  }

  delete(sender: string, recipient: string): void {
    this.#recipients.get(sender)?.delete(recipient);
  }
}
