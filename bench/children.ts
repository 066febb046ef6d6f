import { execFile, fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";

/** Far longer than anything takes here; so that a child that hangs ends the run, and not the other way round. */
const patienceInMs = 60_000;

/** A child process that answers each message with one. */
export class Child<Order extends object, Answer> {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  /** Starts a script, and waits for its first message, which says that it is ready. */
  static async start<Order extends object, Answer>(
    script: string,
    args: readonly string[] = [],
  ): Promise<Child<Order, Answer>> {
    const child = new Child<Order, Answer>(fork(script, args, { execArgv: [] }));
    await child.#message();
    return child;
  }

  async ask(order: Order): Promise<Answer> {
    const answer = this.#message();
    this.#process.send(order);
    return answer;
  }

  /** Without its parent a child ends by itself. */
  async stop(): Promise<void> {
    const ended = once(this.#process, "exit");
    this.#process.disconnect();
    await ended;
  }

  /** The next message; rejects if the child ends first, or says nothing. */
  #message(): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const onExit = (code: number | null): void =>
      reject(new Error(`A child process ended with ${code}; what it wrote is above.`));
    const timer = setTimeout(() => reject(new Error("A child process hangs.")), patienceInMs);
    this.#process.once("message", resolve).once("exit", onExit);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#process.off("message", resolve).off("exit", onExit);
    });
  }
}

const execute = promisify(execFile);

/** Runs a script to its end, and gives what it wrote. */
export async function run(script: string, args: readonly string[]): Promise<string> {
  const { stdout } = await execute(process.execPath, [script, ...args], { timeout: patienceInMs });
  return stdout;
}
