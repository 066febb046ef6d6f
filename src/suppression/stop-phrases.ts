/*
 * Wording by which people ask not to be texted again, beyond the keywords. Data, not logic: 47 CFR 64.1200(a)(10)
 * counts whatever a reasonable person would read as revoking consent, and CTIA (Messaging Principles and Best
 * Practices, 5.1.3) wants normal language honoured, but neither gives a list. This one is ours, of 2026-11-23, and
 * errs towards asking a person.
 *
 * Written as `possible-opt-out.ts` reads a message: capitals, no diacritics, no apostrophes, one space between words,
 * and " . " where a sentence or a clause ends, so that no phrase reaches across.
 */

const contacting = [
  ...list("TEXT, TEXTING, TXT, TXTING, MESSAGE, MESSAGING, MSG, SMS, CONTACT, CONTACTING, CALL, CALLING"),
  ...list("WRITE, WRITING, BOTHER, BOTHERING, HARASSING, SPAM, SPAMMING, SENDING, NOTIFY"),
  ...list("SEND ME, SEND US, SEND ANY, SEND ANYMORE, SEND MORE, SEND TEXTS, SEND MESSAGES, SEND THESE"),
];
const messages = [
  ...list("TEXT, TEXTS, TXT, TXTS, TEXT MESSAGES, MESSAGE, MESSAGES, MSG, MSGS, SMS, SPAM"),
  ...list("ALERTS, REMINDERS, NOTIFICATIONS, UPDATES, PROMOS, PROMOTIONS, OFFERS, SUBSCRIPTION"),
];
const theMessages = [
  ...messages,
  ...combine(list("THE, THESE, THIS, YOUR, MY, ALL, ALL THE, ALL THESE, ALL YOUR"), messages),
];

const english = [
  ...list("STOP, STOPALL, STOPIT, STOPP, STPO, SOTP, S T O P, S . T . O . P"),
  ...list("UNSUBSCRIBE, UNSUBSCRIBED, UNSUBSCRIBING, UNSUBCRIBE, UNSUSCRIBE, UNSUB, UN SUBSCRIBE"),
  ...list("OPT OUT, OPTOUT, OPTED OUT, OPTING OUT, OPT ME OUT, OPT US OUT, OPTED ME OUT, UNENROLL"),
  ...list("REVOKE, REVOKED, REVOKING, WITHDRAW CONSENT, WITHDRAW MY CONSENT, DONT CONSENT, DO NOT CONSENT"),
  ...list("REMOVE ME, REMOVE US, REMOVE MY NUMBER, REMOVE MY NAME, REMOVE MY PHONE, REMOVE THIS NUMBER"),
  ...list("REMOVE FROM LIST, REMOVE FROM THE LIST, REMOVE FROM YOUR LIST, DELETE ME, DELETE MY NUMBER"),
  ...list("TAKE ME OFF, TAKE US OFF, TAKE MY NUMBER OFF, TAKE MY NAME OFF, TAKE THIS NUMBER OFF, GET ME OFF"),
  ...list("OFF YOUR LIST, OFF THIS LIST, OFF OF YOUR LIST, LOSE MY NUMBER, LOSE THIS NUMBER"),
  ...list("NO LONGER WANT, NO LONGER WISH, DO NOT WISH TO RECEIVE, DONT WISH TO RECEIVE"),
  ...combine(
    list("DO NOT WANT, DONT WANT"),
    list("THESE, THIS, YOUR, ANY, ANYMORE, TO RECEIVE, TO GET, TEXTS, MESSAGES"),
  ),
  ...combine(list("DO NOT, DONT, NEVER, QUIT, CEASE"), contacting),
  ...combine(list("NO MORE, NO MORE OF THESE, NO MORE OF YOUR"), messages),
  ...combine(list("CANCEL, END, QUIT, TURN OFF"), theMessages),
  ...list("LEAVE ME ALONE, LEAVE US ALONE, GO AWAY, FUCK OFF, PISS OFF, NOT INTERESTED"),
  // Whoever has the number now never consented, so texts to it have to end as well.
  ...list("WRONG NUMBER, WRONG PERSON"),
];

const spanish = [
  ...list("NO MAS MENSAJES, NO MAS TEXTOS, NO MAS SMS, NO QUIERO MAS, NO QUIERO RECIBIR, NO DESEO RECIBIR"),
  ...combine(
    list("NO ME"),
    list(
      "ENVIE, ENVIES, ENVIEN, MANDE, MANDES, MANDEN, ESCRIBA, ESCRIBAS, ESCRIBAN, TEXTEE, TEXTEES, TEXTEEN, " +
        "CONTACTE, CONTACTES, CONTACTEN, MOLESTE, MOLESTES, MOLESTEN",
    ),
  ),
  ...combine(
    list("DEJE DE, DEJA DE, DEJEN DE, PARE DE, PAREN DE"),
    list(
      "ENVIAR, ENVIARME, MANDAR, MANDARME, ESCRIBIR, ESCRIBIRME, TEXTEAR, TEXTEARME, MOLESTAR, MOLESTARME",
    ),
  ),
  ...list("DAR DE BAJA, DARME DE BAJA, DEME DE BAJA, DENME DE BAJA, DAME DE BAJA"),
  ...list("BORREME, BORRENME, QUITEME, QUITENME, ELIMINEME, BORRE MI NUMERO, ELIMINE MI NUMERO"),
  ...list("CANCELAR SUSCRIPCION, CANCELAR MI SUSCRIPCION, CANCELE MI SUSCRIPCION, NUMERO EQUIVOCADO"),
];

const french = [
  ...list("ARRET, ARRETEZ, ARRETER DE MECRIRE, ARRETE DE MECRIRE, ARRETE DE MENVOYER"),
  ...list("NE MENVOYEZ PLUS, NE MECRIVEZ PLUS, NE ME CONTACTEZ PLUS, NE ME TEXTEZ PLUS, NE ME DERANGEZ PLUS"),
  ...list("NE PLUS RECEVOIR, NE VEUX PLUS, PLUS DE MESSAGES, PLUS DE SMS, PLUS DE TEXTOS"),
  ...list("DESABONNER, DESABONNEZ, DESABONNEMENT, DESINSCRIRE, DESINSCRIVEZ, DESINSCRIPTION"),
  ...list("RETIREZ MOI, ENLEVEZ MOI, RETIREZ MON NUMERO, SUPPRIMEZ MON NUMERO, LAISSEZ MOI TRANQUILLE"),
  ...list("MAUVAIS NUMERO, FAUX NUMERO"),
];

/** A message that has one of these speaks of stopping. */
export const stopPhrases: readonly string[] = [...english, ...spanish, ...french];

/** Everyday phrases around a word of the list; they are taken out before it is consulted. */
export const harmlessPhrases: readonly string[] = [
  ...list("STOP BY, BUS STOP, TRUCK STOP, PIT STOP, NON STOP, STOP SIGN, STOP LIGHT"),
  ...list("ARRET DE BUS, ARRET DE TRAVAIL, ARRET MALADIE"),
];

/** One keyword among nothing but these words makes no keyword of the message, but speaks of stopping all the same. */
export const fillerWords: readonly string[] = [
  ...list("PLEASE, PLS, PLZ, THANKS, THANK, YOU, THX, TY, NOW, IT, THIS, THAT, OK, HI, HELLO, JUST, I, SAID"),
  ...list("POR, FAVOR, GRACIAS, SVP, MERCI, SIL, VOUS, PLAIT"),
];

function list(words: string): readonly string[] {
  return words.split(", ");
}

function combine(starts: readonly string[], ends: readonly string[]): readonly string[] {
  return starts.flatMap((start) => ends.map((end) => `${start} ${end}`));
}
