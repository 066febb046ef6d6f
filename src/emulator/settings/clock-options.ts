/** How the emulated world's clock begins. It can be changed later, see `Emulator.clock`. */
export interface EmulatorClockOptions {
  /** Milliseconds that it is ahead of this machine's; negative: behind. Default 0. */
  readonly offsetInMs?: number | undefined;
  /** Emulated seconds in a real one, 0 to 1,000,000; 0: it stands still. Default 1. */
  readonly speed?: number | undefined;
}
