/** The codes of the errors that functions raise for a caller's mistake: nothing is written then. */
export const raised = { numberTaken: "AC001", itemTaken: "AC002", itemPlanned: "AC003" } as const;

/** How many batches an opening deals with in one go. */
const endedAtOnce = 200;

type Names = (name: string) => string;

/**
 * What takes several steps. Each of them sees what was committed before it, where parts of one statement see what was
 * committed before the statement: who had to wait for a batch then finds what the other has made of its items.
 */
export function journalFunctions(name: Names): string {
  return [endClaims(name), plan(name), record(name), claim(name), settle(name)].join("");
}

/**
 * A plan that was made when a table was empty would read through all of it later on, until somebody gathers statistics.
 * What is acknowledged is on the disk, also where the caller has switched that off for everything.
 */
function makeFunction(head: string, declarations: string, body: string): string {
  return `
  CREATE OR REPLACE FUNCTION ${head} LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $function$
  DECLARE
    ${declarations}
  BEGIN
    PERFORM set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';
    ${body}
  END $function$;`;
}

/** Ends claims of earlier runs, and forgets what never began. The last batch that was looked at, NULL at the end. */
function endClaims(name: Names): string {
  const [batches, items] = [name("acs_sms_campaign_batches"), name("acs_sms_campaign_items")];
  return makeFunction(
    `${name("acs_sms_campaign_end_claims")}(of_campaign integer, of_run integer, after_batch bigint)
    RETURNS bigint`,
    "earlier record; last_one bigint;",
    `FOR earlier IN SELECT batch, is_begun AS is_kept, size = open_items AS is_fresh FROM ${batches}
      WHERE campaign = of_campaign AND open_items > 0 AND run < of_run AND batch > after_batch
      ORDER BY batch LIMIT ${endedAtOnce} FOR UPDATE
    LOOP
      last_one := earlier.batch;
      IF NOT earlier.is_kept THEN
        DELETE FROM ${items} WHERE campaign = of_campaign AND batch = earlier.batch AND batch > 0 AND status IS NULL;
      END IF;
      IF NOT earlier.is_kept AND earlier.is_fresh THEN
        DELETE FROM ${batches} WHERE campaign = of_campaign AND batch = earlier.batch;
      ELSE
        UPDATE ${batches} SET run = of_run, claim = claim + 1,
          open_items = CASE WHEN earlier.is_kept THEN open_items ELSE 0 END,
          message = CASE WHEN earlier.is_kept THEN message END
        WHERE campaign = of_campaign AND batch = earlier.batch;
      END IF;
    END LOOP;
    RETURN last_one;`,
  );
}

/** Its lock on the campaign keeps openings away: what is planned is there for them to see, or is not planned. */
function plan(name: Names): string {
  const items = name("acs_sms_campaign_items");
  return makeFunction(
    `${name("acs_sms_campaign_plan")}(of_name text, of_run integer, batches json) RETURNS boolean`,
    "planner record; written bigint; wanted bigint; first_one bigint; last_one bigint;",
    `SELECT id, last_batch INTO planner FROM ${name("acs_sms_campaigns")} AS campaigns
      WHERE campaigns.name = of_name AND run = of_run FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
    SELECT min(batch), max(batch), sum(json_array_length(items)) INTO first_one, last_one, wanted
      FROM json_to_recordset(batches) AS given (batch bigint, items json);
    IF first_one <= planner.last_batch THEN RAISE 'number' USING ERRCODE = '${raised.numberTaken}'; END IF;
    INSERT INTO ${name("acs_sms_campaign_batches")}
      (campaign, batch, run, sender, fingerprint, message, size, open_items)
      SELECT planner.id, batch, of_run, sender, fingerprint, message, json_array_length(items), json_array_length(items)
      FROM json_to_recordset(batches) AS given (batch bigint, sender text, fingerprint text, message text, items json);
    INSERT INTO ${items} AS known (campaign, batch, position, key, recipient, seen_in)
      SELECT planner.id, given.batch, item.place, item.pair ->> 0, item.pair ->> 1, of_run
      FROM json_to_recordset(batches) AS given (batch bigint, items json),
        json_array_elements(given.items) WITH ORDINALITY AS item (pair, place)
      ON CONFLICT (campaign, key) DO UPDATE
      SET batch = excluded.batch, position = excluded.position, recipient = excluded.recipient,
        seen_in = excluded.seen_in, status = NULL, message_id = NULL, http_status = NULL, error = NULL
      WHERE known.status = 'unknown';
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written <> wanted THEN RAISE 'item' USING ERRCODE = '${raised.itemTaken}'; END IF;
    UPDATE ${name("acs_sms_campaigns")} SET last_batch = coalesce(last_one, last_batch) WHERE id = planner.id;
    RETURN true;`,
  );
}

const resultColumns =
  "key text, recipient text, status text, message_id text, http_status integer, error text";

function record(name: Names): string {
  const items = name("acs_sms_campaign_items");
  const replaced = ["recipient", "seen_in", "status", "message_id", "http_status", "error"];
  return makeFunction(
    `${name("acs_sms_campaign_record")}(of_name text, of_run integer, results json) RETURNS boolean`,
    "of_campaign integer; written bigint;",
    `SELECT id INTO of_campaign FROM ${name("acs_sms_campaigns")} AS campaigns
      WHERE campaigns.name = of_name AND run = of_run FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
    INSERT INTO ${items} AS known
      (campaign, batch, position, key, recipient, seen_in, status, message_id, http_status, error)
      SELECT of_campaign, 0, 0, key, recipient, of_run, status, message_id, http_status, error
      FROM json_to_recordset(results) AS result (${resultColumns})
      ON CONFLICT (campaign, key) DO UPDATE SET ${replaced.map((column) => `${column} = excluded.${column}`).join(", ")}
      WHERE known.batch = 0;
    GET DIAGNOSTICS written = ROW_COUNT;
    IF written <> json_array_length(results) THEN RAISE 'item' USING ERRCODE = '${raised.itemPlanned}'; END IF;
    RETURN true;`,
  );
}

function claim(name: Names): string {
  return makeFunction(
    `${name("acs_sms_campaign_claim")}(of_name text, of_batch bigint) RETURNS json`,
    "of_campaign record; claimed record;",
    `SELECT id, identity, run INTO of_campaign FROM ${name("acs_sms_campaigns")} AS campaigns WHERE campaigns.name = of_name;
    UPDATE ${name("acs_sms_campaign_batches")} AS known
      SET claim = claim + 1, run = greatest(known.run, of_campaign.run)
      WHERE campaign = of_campaign.id AND batch = of_batch AND open_items > 0
      RETURNING known.run, claim, generation, sender, message, fingerprint, first_sent_at, of_campaign.identity AS identity
      INTO claimed;
    IF NOT FOUND THEN RETURN NULL; END IF;
    RETURN json_build_object('batches', json_build_array(claimed), 'items', (
      SELECT coalesce(json_agg(json_build_object('key', key, 'recipient', recipient) ORDER BY position), '[]')
      FROM ${name("acs_sms_campaign_items")}
      WHERE campaign = of_campaign.id AND batch = of_batch AND batch > 0 AND status IS NULL
    ));`,
  );
}

function settle(name: Names): string {
  const [batches, items] = [name("acs_sms_campaign_batches"), name("acs_sms_campaign_items")];
  return makeFunction(
    `${name("acs_sms_campaign_settle")}(
      of_name text, of_batch bigint, of_run integer, of_claim integer, sent_at bigint, results json
    ) RETURNS boolean`,
    "of_campaign record; held record; is_held boolean; unsettled integer;",
    `SELECT id INTO of_campaign FROM ${name("acs_sms_campaigns")} AS campaigns WHERE campaigns.name = of_name;
    SELECT run, claim INTO held FROM ${batches} WHERE campaign = of_campaign.id AND batch = of_batch FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
    is_held := held.run = of_run AND held.claim = of_claim;
    UPDATE ${items} AS item SET status = result.status,
        message_id = result.message_id, http_status = result.http_status, error = result.error
      FROM json_to_recordset(results) AS result (${resultColumns})
      WHERE item.campaign = of_campaign.id AND item.key = result.key AND item.batch = of_batch
        AND (item.status IS NULL OR item.status = 'unknown');
    SELECT count(*) INTO unsettled FROM ${items}
      WHERE campaign = of_campaign.id AND batch = of_batch AND batch > 0 AND status IS NULL;
    UPDATE ${batches} SET open_items = unsettled, message = CASE WHEN unsettled > 0 THEN message END,
        first_sent_at = CASE WHEN is_held THEN sent_at ELSE first_sent_at END
      WHERE campaign = of_campaign.id AND batch = of_batch;
    RETURN is_held;`,
  );
}
