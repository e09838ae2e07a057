/** What the tester says: one catalogue, each text in every language. */

export const LANGUAGES = ["en", "it"] as const;
export type Language = (typeof LANGUAGES)[number];

const TEXTS = {
  title: ["Why does my token not match?", "Perché il mio token non corrisponde?"],
  lead: [
    "A Console webhook is genuine when its token is hex(sha256(payload + secret)). Everything here runs in your browser; nothing leaves this page.",
    "Un webhook della Console è autentico se il suo token è hex(sha256(payload + segreto)). Tutto avviene nel tuo browser; nulla esce da questa pagina.",
  ],
  views: ["Views", "Viste"],
  verify: ["Verify", "Verifica"],
  sign: ["Sign", "Firma"],
  subscription: ["Subscription", "Sottoscrizione"],
  code: ["Code", "Codice"],

  payload: ["Payload", "Payload"],
  payloadHint: ["the raw body of the request, byte for byte", "il corpo grezzo della richiesta, byte per byte"],
  inputAs: ["Format", "Formato"],
  asText: ["Text", "Testo"],
  asHex: ["Hex", "Esadecimale"],
  asBase64: ["Base64", "Base64"],
  asFile: ["File", "File"],
  chooseFile: ["Choose a file", "Scegli un file"],
  dropHere: [
    "or drop one here. It is read piece by piece and stays on this machine.",
    "o trascinane uno qui. Viene letto a pezzi e resta su questa macchina.",
  ],
  sample: ["Sample event", "Evento di esempio"],
  noSample: ["Choose …", "Scegli …"],
  bytes: ["{n} bytes", "{n} byte"],
  lines: ["line ends: {kinds}", "fine riga: {kinds}"],
  finalNewline: ["ends with a line break", "termina con un'interruzione di riga"],
  hasBom: ["starts with a byte-order mark", "inizia con un byte-order mark"],
  surrogate: [
    "a lone surrogate became U+FFFD: enter the bytes as hex",
    "un surrogato isolato è diventato U+FFFD: inserisci i byte in esadecimale",
  ],
  keptAsPasted: ["kept as it was pasted", "conservato come incollato"],
  tooLongToShow: [
    "too long to show here; its bytes are kept",
    "troppo lungo per essere mostrato; i byte sono conservati",
  ],
  notHex: ["This is not hexadecimal: two digits for each byte.", "Non è esadecimale: due cifre per ogni byte."],
  notBase64: ["This is not base64.", "Non è base64."],

  pasteRequest: ["Paste a whole request", "Incolla una richiesta intera"],
  pasteHint: [
    "HTTP, a command (curl, PowerShell), a call of fetch, or JSON with headers and body (HAR, an API gateway's event): it is split into the fields below.",
    "HTTP, un comando (curl, PowerShell), una chiamata di fetch, o JSON con header e corpo (HAR, l'evento di un API gateway): viene divisa nei campi qui sotto.",
  ],
  pasteTaken: ["Used: {what}.", "Usato: {what}."],
  pasteIgnored: ["Ignored: {what}.", "Ignorato: {what}."],
  pasteNothing: [
    "This cannot be read as a request; nothing was changed.",
    "Non si può leggere come richiesta; nulla è cambiato.",
  ],
  doubt_body_missing: ["The body or its end is missing.", "Manca il corpo o la sua fine."],
  doubt_content_length_differs: [
    "The body does not have the length in Content-Length.",
    "Il corpo non ha la lunghezza indicata da Content-Length.",
  ],
  doubt_final_newline: [
    "The body ends with a line break, which is kept. If an editor added it, remove it.",
    "Il corpo termina con un'interruzione di riga, che resta. Se l'ha aggiunta un editor, toglila.",
  ],
  doubt_several_tokens: ["There are several tokens; the first is used.", "Ci sono più token; si usa il primo."],
  doubt_shell_expansion: [
    "A shell would replace a part of it ($, `, % or a line break).",
    "Una shell ne sostituirebbe una parte ($, `, % o un'interruzione di riga).",
  ],
  doubt_data_not_binary: [
    "--data drops line breaks of files; use --data-binary.",
    "--data elimina le interruzioni di riga dei file; usa --data-binary.",
  ],
  doubt_body_in_file: ["The body is in a file: choose it below.", "Il corpo è in un file: sceglilo qui sotto."],
  doubt_content_encoded: [
    "The body is compressed. Paste the uncompressed one.",
    "Il corpo è compresso. Incolla quello non compresso.",
  ],
  doubt_chunked: ["The body is in chunks that cannot be read.", "Il corpo è in chunk che non si possono leggere."],
  doubt_not_json: ["The body is almost JSON, but not quite.", "Il corpo è quasi JSON, ma non lo è."],
  doubt_body_encoded: [
    "The body looks like base64 or hex: choose that format below.",
    "Il corpo sembra in base64 o esadecimale: scegli quel formato qui sotto.",
  ],
  doubt_body_changed: [
    "A program parsed or changed the body: other bytes were sent.",
    "Un programma ha interpretato o cambiato il corpo: i byte inviati erano altri.",
  ],
  doubt_token_not_read: [
    "The text has a token that was not used. Paste the request as HTTP or curl.",
    "Il testo contiene un token che non è stato usato. Incolla la richiesta come HTTP o curl.",
  ],
  doubt_cut_off: ["The text is cut off: a line is missing.", "Il testo è troncato: manca una riga."],
  doubt_typographic_quotes: [
    "A document has changed the quotes or dashes (“ ” ‘ ’ –). Type them again.",
    "Un documento ha cambiato virgolette o trattini (“ ” ‘ ’ –). Riscrivili.",
  ],
  doubt_versions_differ: [
    "Programs of different versions send this body differently.",
    "Programmi di versioni diverse inviano questo corpo in modo diverso.",
  ],
  doubt_variable: [
    "A variable, an expression or a file of headers has a value that is not in the text.",
    "Una variabile, un'espressione o un file di header ha un valore che non è nel testo.",
  ],
  doubt_several_requests: [
    "There are several requests. Paste the one that has the token.",
    "Ci sono più richieste. Incolla quella che contiene il token.",
  ],
  doubt_envelope: [
    "This is a message of a queue or bus (SQS, SNS, Pub/Sub …), not an HTTP request: the token's header is not in it.",
    "È un messaggio di una coda o di un bus (SQS, SNS, Pub/Sub …), non una richiesta HTTP: manca l'header del token.",
  ],
  doubt_program_code: [
    "This is program code. Paste the request that it sends, as HTTP or curl.",
    "È codice di un programma. Incolla la richiesta che invia, come HTTP o curl.",
  ],

  secret: ["Secret", "Segreto"],
  secretNumber: ["Secret {n}", "Segreto {n}"],
  secretHint: ["never stored, never sent", "mai salvato, mai inviato"],
  show: ["Show", "Mostra"],
  hide: ["Hide", "Nascondi"],
  generate: ["Generate", "Genera"],
  addSecret: ["Add a secret", "Aggiungi un segreto"],
  remove: ["Remove", "Rimuovi"],
  secretBreak: ["ends with a line break, which counts", "termina con un'interruzione di riga, che conta"],
  secretSpace: ["starts or ends with white space, which counts", "inizia o termina con spazi, che contano"],
  secretHiddenBreak: [
    "holds a line break that this field cannot show",
    "contiene un'interruzione di riga che questo campo non può mostrare",
  ],

  token: ["Token", "Token"],
  tokenHint: ["X-Mia-Token or X-Mia-Signature", "X-Mia-Token o X-Mia-Signature"],
  ownDigest: ["Digest that my code computed", "Digest calcolato dal mio codice"],
  ownDigestHint: ["Optional: finds the mistake in a receiver.", "Facoltativo: trova l'errore di un ricevitore."],

  verdict: ["Verdict", "Esito"],
  empty: ["Nothing to verify yet", "Ancora nulla da verificare"],
  emptyLine: [
    "Enter a payload, a secret and a token, or start with a sample.",
    "Inserisci payload, segreto e token, o parti da un esempio.",
  ],
  incomplete: ["Incomplete", "Incompleto"],
  missing: ["Still missing: {what}.", "Manca ancora: {what}."],
  checking: ["Checking …", "Verifica in corso …"],
  cancel: ["Cancel", "Annulla"],
  cancelled: ["Cancelled", "Annullato"],
  valid: ["Valid", "Valido"],
  validLine: [
    "The token belongs to this payload and this secret.",
    "Il token appartiene a questo payload e a questo segreto.",
  ],
  validBy: ["It was made with secret {n}.", "È stato creato con il segreto {n}."],
  event: ["{name}, emitted {when}, {age} ago.", "{name}, emesso {when}, {age} fa."],
  eventFuture: [
    "{name}, emitted {when}: that is in the future. Check the clocks.",
    "{name}, emesso {when}: è nel futuro. Controlla gli orologi.",
  ],
  noEvent: [
    "The payload is not an event: eventName, eventTimestamp or payload is missing or has the wrong type.",
    "Il payload non è un evento: eventName, eventTimestamp o payload manca o è del tipo sbagliato.",
  ],
  proved: ["Invalid, and we found why", "Non valido, e sappiamo perché"],
  provedLine: ["Proved: a digest made this way is the same.", "Provato: creato così, il digest è identico."],
  weak: ["Unsafe: anybody can make this token", "Non sicuro: chiunque può creare questo token"],
  invalid: ["Invalid", "Non valido"],
  notFound: [
    "No cause was found. {n} candidates were hashed: {payloads} forms of the payload, {secrets} of the secret, {constructions} ways to combine them.",
    "Nessuna causa trovata. Sono stati calcolati {n} candidati: {payloads} forme del payload, {secrets} del segreto, {constructions} modi di combinarli.",
  ],
  unfinished: [
    "Not finished: after {seconds} seconds and {n} candidates the search stopped. The cause may be among the others.",
    "Non finito: dopo {seconds} secondi e {n} candidati la ricerca si è fermata. La causa può essere tra gli altri.",
  ],
  tried: ["{n} candidates hashed", "{n} candidati calcolati"],
  hints: ["What to check next", "Che cosa controllare ora"],
  tooLong: [
    "The token does not match. Above 1 MiB no reason is searched for.",
    "Il token non corrisponde. Oltre 1 MiB il motivo non si cerca.",
  ],
  refused: ["This cannot be used", "Questo non si può usare"],
  unreadable: ["The file could not be read. Choose it again.", "Il file non si può leggere. Sceglilo di nuovo."],
  onlyVerified: [
    "Files and very long payloads can only be verified here.",
    "I file e i payload molto lunghi qui si possono solo verificare.",
  ],
  engine: ["WebAssembly cannot run here", "WebAssembly non può essere eseguito qui"],
  engineLine: [
    "The policy of this page forbids it: it needs 'wasm-unsafe-eval'. In a shell:",
    "La policy di questa pagina lo vieta: serve 'wasm-unsafe-eval'. In una shell:",
  ],
  blame_payload: ["payload", "payload"],
  blame_secret: ["secret", "segreto"],
  blame_construction: ["construction", "costruzione"],
  blame_token: ["token", "token"],
  ownRight: ["Your code computes the right digest.", "Il tuo codice calcola il digest giusto."],
  ownProved: ["What your code does:", "Che cosa fa il tuo codice:"],
  ownLong: ["Above 1 MiB no reason is searched for.", "Oltre 1 MiB il motivo non si cerca."],
  ownNotFound: ["We did not find out what your code does.", "Non si capisce che cosa faccia il tuo codice."],
  ownUnfinished: [
    "The search for what your code does stopped before everything was tried.",
    "La ricerca di che cosa faccia il tuo codice si è fermata prima di provare tutto.",
  ],

  seam: ["The bytes that are hashed", "I byte di cui si calcola l'hash"],
  seamHint: ["payload, then secret, with nothing between", "payload, poi segreto, senza nulla in mezzo"],
  seamBetween: ["{n} more bytes", "altri {n} byte"],

  copy: ["Copy", "Copia"],
  copied: ["Copied", "Copiato"],
  notCopied: ["Not allowed here", "Non consentito qui"],
  copyReport: ["Copy report", "Copia rapporto"],
  reportHint: [
    "verdict, codes and lengths; never payload, secret or token",
    "esito, codici e lunghezze; mai payload, segreto o token",
  ],

  signedToken: ["The token", "Il token"],
  signHint: ["Send it in the header {header}.", "Invialo nell'header {header}."],
  useToken: ["Verify it", "Verificalo"],
  send: ["Send to the receiver", "Invia al ricevitore"],
  sending: ["Sending …", "Invio …"],
  answered: ["The receiver answered {status}.", "Il ricevitore ha risposto {status}."],
  unreachable: ["The receiver could not be reached.", "Il ricevitore non è raggiungibile."],
  arrived: ["What reached the origin", "Che cosa è arrivato all'origine"],
  arrivedNothing: ["Nothing yet.", "Ancora nulla."],

  tenantId: ["Company id", "Id dell'azienda"],
  projectId: ["Project id", "Id del progetto"],
  eventName: ["Events", "Eventi"],
  target: ["Target", "Destinazione"],
  base64CA: ["Certificate authority", "Autorità di certificazione"],
  proxy: ["Proxy", "Proxy"],
  optional: ["optional", "facoltativo"],
  eventNameHint: ["one, or several separated by commas", "uno, o più separati da virgole"],
  base64CAHint: ["PEM, or base64 of it", "PEM, o il suo base64"],
  strict: ["Warnings are errors", "Gli avvisi sono errori"],
  record: ["The record", "Il record"],
  recordInvalid: ["The record appears when no errors are left.", "Il record compare quando non restano errori."],
  subscriptionValid: ["The subscription is valid", "La sottoscrizione è valida"],
  subscriptionWarned: ["The subscription works; warnings: {n}", "La sottoscrizione funziona; avvisi: {n}"],
  subscriptionInvalid: ["Not valid yet; errors: {n}", "Non è ancora valida; errori: {n}"],
  error: ["Error", "Errore"],
  warning: ["Warning", "Avviso"],
  suggestion: ["Use {what}", "Usa {what}"],

  language: ["Language", "Linguaggio"],
  url: ["Address", "Indirizzo"],
  writeSecret: ["Include the secret", "Scrivi il segreto nel codice"],
  codeSend: ["Signs and sends the payload.", "Firma e invia il payload."],
  codeReceive: ["Receives and verifies.", "Riceve e verifica."],
} as const satisfies Record<string, readonly [en: string, it: string]>;

export type TextKey = keyof typeof TEXTS;

/** Every key; a test checks that each of them is used. */
export const TEXT_KEYS = Object.keys(TEXTS) as TextKey[];

/** Says a text with its `{places}` filled in. */
export type Say = (key: TextKey, places?: Readonly<Record<string, string | number>>) => string;

export function speaking(language: Language): Say {
  const numbers = new Intl.NumberFormat(language);
  return (key, places = {}) =>
    TEXTS[key][LANGUAGES.indexOf(language)]!.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = places[name] ?? "";
      return typeof value === "number" ? numbers.format(value) : value;
    });
}

/** The language of a tag such as `it-CH`; English for every language that is not here. */
export const languageOf = (tag: string | null | undefined): Language =>
  LANGUAGES.find((language) => tag?.toLowerCase().split("-")[0] === language) ?? "en";
