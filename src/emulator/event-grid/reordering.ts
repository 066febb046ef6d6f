/** Lets things pass in order, except that one which is held back lets the next one overtake. */
export class Reordering<T> {
  readonly #pass: (thing: T) => void;
  #held: { readonly thing: T } | undefined;

  constructor(pass: (thing: T) => void) {
    this.#pass = pass;
  }

  /**
   * Takes a thing. Whoever overtakes is not held back itself.
   *
   * @returns Whether it is held now.
   */
  take(thing: T, isHeldBack: boolean): boolean {
    if (isHeldBack && this.#held === undefined) {
      this.#held = { thing };
      return true;
    }
    this.#pass(thing);
    this.release();
    return false;
  }

  /** Forgets what is held. */
  empty(): void {
    this.#held = undefined;
  }

  /** Lets what is held pass, if anything; or only this one. */
  release(only?: T): void {
    const held = this.#held;
    if (held === undefined || (only !== undefined && held.thing !== only)) return;
    this.#held = undefined;
    this.#pass(held.thing);
  }
}
