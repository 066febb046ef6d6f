import { MalformedField } from "./read-malformed-field.js";

/** The JSON in CloudEvents' `data_base64`. */
export function readBase64Json(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, "base64").toString());
  } catch {
    throw new MalformedField("data_base64", "JSON in base64", encoded);
  }
}
