import type { HttpContext } from "../rest/incoming.js";
import { refusal, type ControlAnswer } from "./route.js";

/** Told from a parsed body by its class, since a body can be anything. */
export class NotJson {
  readonly answer: ControlAnswer;

  constructor(answer: ControlAnswer) {
    this.answer = answer;
  }
}

/** The body of a request. A form of another page, which cannot set the content type, is refused by it. */
export async function readJson(context: HttpContext): Promise<unknown> {
  if (!/^application\/json\s*(;|$)/i.test(context.req.header("content-type") ?? "")) {
    return new NotJson(refusal(415, "UnsupportedMediaType", "Expected a body of type application/json."));
  }
  try {
    return JSON.parse(await context.req.text());
  } catch {
    return new NotJson(refusal(400, "InvalidJson", "Expected a body of JSON."));
  }
}
