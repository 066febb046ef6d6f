import { expected } from "../errors/expected.js";

/**
 * The origin of a resource's endpoint, such as `https://contoso.communication.azure.com`, without a trailing slash.
 *
 * @throws TypeError naming `name`, for anything but an http or https URL without path, query, user or fragment.
 */
export function parseEndpoint(name: string, endpoint: unknown): string {
  const what =
    'the URL of a Communication Services resource, such as "https://contoso.communication.azure.com"';
  if (typeof endpoint !== "string") throw expected(name, what, endpoint);
  const url = URL.parse(endpoint.trim());
  if (url === null || (url.protocol !== "https:" && url.protocol !== "http:"))
    throw expected(name, what, endpoint);
  const isBare =
    url.pathname === "/" &&
    url.search === "" &&
    url.hash === "" &&
    url.username === "" &&
    url.password === "";
  if (!isBare) throw expected(name, `${what} (an origin, with no path, query or user)`, endpoint);
  return url.origin;
}
