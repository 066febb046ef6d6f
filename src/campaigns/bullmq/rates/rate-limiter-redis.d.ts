/** The one file of the package that is bundled; its types are declared for the whole alone. */
declare module "rate-limiter-flexible/lib/RateLimiterRedis.js" {
  import { RateLimiterRedis } from "rate-limiter-flexible";

  export = RateLimiterRedis;
}
