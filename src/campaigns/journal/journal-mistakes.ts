/*
 * What a journal rejects with where its caller is mistaken; nothing is written then.
 */

export function numberTaken(): RangeError {
  return new RangeError("A batch has a number that this campaign has given already.");
}

export function itemTaken(): TypeError {
  return new TypeError(
    "An item to be planned has a result already, or is in another batch that is under way.",
  );
}

export function itemPlanned(): TypeError {
  return new TypeError("An item to be recorded as one without a batch is in a batch.");
}
