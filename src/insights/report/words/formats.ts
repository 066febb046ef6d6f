/** Intl's formats take long to make, and a long range has thousands of labels: one of each kind is kept. */
export class Formats<Options extends object, Format> {
  readonly #make: (options: Options) => Format;
  readonly #kept = new Map<string, Format>();

  constructor(make: (options: Options) => Format) {
    this.#make = make;
  }

  for(options: Options): Format {
    const kind = JSON.stringify(options);
    const format = this.#kept.get(kind) ?? this.#make(options);
    this.#kept.set(kind, format);
    return format;
  }
}
