/** The texts of the codes in Italian. The English ones are in the tables in Rust. */

import type { Code } from "mia-webhooks";
import type { DeviationCode, HintCode } from "mia-webhooks/diagnose";
import type { IssueCode } from "mia-webhooks/subscription";

type Sentences = readonly [message: string, fix: string];

/** For a token that does not match. */
export const FINDINGS_IT: Readonly<Record<DeviationCode | HintCode, Sentences>> = {
  payload_minified: [
    "Il token è stato calcolato sullo stesso JSON, ma senza spazi e a capo.",
    "Il corpo è stato riformattato dopo la firma. Nel ricevitore, verifica il corpo grezzo, prima di qualsiasi parser JSON.",
  ],
  payload_indented_by_2: [
    "Il token è stato calcolato sullo stesso JSON, ma indentato con due spazi.",
    "Il corpo è stato riformattato dopo la firma. Nel ricevitore, verifica il corpo grezzo, prima di qualsiasi parser JSON.",
  ],
  payload_indented_by_4: [
    "Il token è stato calcolato sullo stesso JSON, ma indentato con quattro spazi.",
    "Il corpo è stato riformattato dopo la firma. Nel ricevitore, verifica il corpo grezzo, prima di qualsiasi parser JSON.",
  ],
  payload_indented_by_tabs: [
    "Il token è stato calcolato sullo stesso JSON, ma indentato con tabulazioni.",
    "Il corpo è stato riformattato dopo la firma. Nel ricevitore, verifica il corpo grezzo, prima di qualsiasi parser JSON.",
  ],
  payload_spaced: [
    "Il token è stato calcolato sullo stesso JSON, ma con uno spazio dopo ogni virgola e ogni due punti, come lo scrive Python.",
    "Nel ricevitore, verifica il corpo grezzo. Per firmare in Python, serializza il JSON una sola volta, poi firma e invia gli stessi byte.",
  ],
  payload_sorted_keys: [
    "Il token è stato calcolato sullo stesso JSON, ma con le chiavi ordinate.",
    "Il corpo è stato letto da un parser e riscritto. Calcola l'hash del corpo grezzo, sia dove si crea il token sia nel ricevitore.",
  ],
  payload_ascii_only: [
    "Il token è stato calcolato sullo stesso JSON, ma con ogni carattere non ASCII scritto come escape \\u.",
    "Il corpo è stato letto da un parser e riscritto. Calcola l'hash del corpo grezzo, sia dove si crea il token sia nel ricevitore.",
  ],
  payload_unescaped: [
    "Il token è stato calcolato sullo stesso JSON, ma con i caratteri al posto degli escape \\u.",
    "Il corpo è stato letto da un parser e riscritto. Calcola l'hash del corpo grezzo, sia dove si crea il token sia nel ricevitore.",
  ],
  payload_html_escaped: [
    "Il token è stato calcolato sullo stesso JSON, ma con l'escape di <, > e &, come lo scrive Go.",
    "Nel ricevitore, verifica il corpo grezzo. Per firmare in Go, usa un encoder con SetEscapeHTML(false), oppure invia esattamente i byte firmati.",
  ],
  payload_gson_escaped: [
    "Il token è stato calcolato sullo stesso JSON, ma con l'escape di <, >, &, = e ', come lo scrive Gson.",
    "Nel ricevitore, verifica il corpo grezzo. Per firmare con Gson, usa disableHtmlEscaping(), oppure invia esattamente i byte firmati.",
  ],
  payload_slashes_escaped: [
    "Il token è stato calcolato sullo stesso JSON, ma con \\/ al posto di ogni slash, come lo scrive PHP.",
    "Nel ricevitore, verifica il corpo grezzo. Per firmare in PHP, usa JSON_UNESCAPED_SLASHES, oppure invia esattamente i byte firmati.",
  ],
  payload_doubly_encoded: [
    "Il token è stato calcolato sullo stesso corpo, ma scritto come stringa JSON.",
    "Dove si crea il token, il JSON viene serializzato due volte. Firma il corpo stesso.",
  ],
  payload_inner_only: [
    'Il token è stato calcolato sul solo campo "payload" dell\'evento.',
    "Dove si crea il token, calcola l'hash dell'intero corpo, con eventName ed eventTimestamp.",
  ],
  payload_object_object: [
    "Il token è stato calcolato sul testo [object Object], non sul corpo.",
    "Dove si crea il token, calcola l'hash del corpo grezzo, non di un oggetto letto dal parser.",
  ],
  payload_empty: [
    "Il token è stato calcolato su un corpo vuoto.",
    "Il corpo era già stato letto, o non ancora. Dove si crea il token, leggi il corpo grezzo una sola volta, conservalo e calcolane l'hash.",
  ],
  payload_final_newline_added: [
    "Il token è stato calcolato sullo stesso corpo, ma con un a capo in fondo, o tra il corpo e il segreto.",
    "Dove si crea il token, non aggiungere a capo: usa printf al posto di echo, e curl con --data-binary.",
  ],
  payload_final_newline_removed: [
    "Il token è stato calcolato sullo stesso corpo, ma senza l'a capo finale.",
    "Se qui un editor ha aggiunto un a capo in fondo al corpo, toglilo. Dove si crea il token, firma esattamente i byte inviati: in una shell, $(...) elimina quell'a capo.",
  ],
  payload_crlf: [
    "Il token è stato calcolato sullo stesso corpo, ma con CR LF alla fine di ogni riga.",
    "Un form, un editor o Git ha cambiato gli a capo. Qui, usa il corpo grezzo. Dove si crea il token, firma esattamente i byte inviati.",
  ],
  payload_lf: [
    "Il token è stato calcolato sullo stesso corpo, ma con il solo LF alla fine di ogni riga.",
    "Un form, un editor o Git ha cambiato gli a capo. Qui, usa il corpo grezzo. Dove si crea il token, firma esattamente i byte inviati.",
  ],
  payload_trimmed: [
    "Il token è stato calcolato sullo stesso corpo, ma senza gli spazi o gli a capo all'inizio e alla fine.",
    "Se qui sono stati aggiunti spazi o a capo intorno al corpo, toglili. Dove si crea il token, non togliere spazi o a capo dal corpo.",
  ],
  payload_bom_added: [
    "Il token è stato calcolato sullo stesso corpo, ma preceduto da un byte order mark (BOM).",
    "Dove si crea il token, salva il file in UTF-8 senza BOM.",
  ],
  payload_bom_removed: [
    "Il token è stato calcolato sullo stesso corpo, ma senza il byte order mark (BOM) iniziale.",
    "Qui un editor ha aggiunto un BOM, oppure text() lo ha eliminato dove si crea il token. Usa i byte grezzi da entrambe le parti.",
  ],
  payload_latin1: [
    "Il token è stato calcolato sullo stesso corpo, ma in Latin-1 o in un charset simile.",
    "Dove si crea il token, calcola l'hash dei byte UTF-8 del corpo, non di un byte per ogni carattere.",
  ],
  payload_mojibake: [
    "Il token è stato calcolato sullo stesso corpo, ma con l'UTF-8 letto in un altro charset, per esempio Latin-1, e riscritto.",
    "Dove si crea il token, calcola l'hash dei byte grezzi, non del testo che ne è stato letto.",
  ],
  payload_unquoted: [
    "Il token è stato calcolato sullo stesso corpo, ma senza le virgolette che lo racchiudono.",
    "Togli le virgolette intorno al corpo qui: le ha aggiunte una shell, un form o del codice.",
  ],
  payload_quoted: [
    "Il token è stato calcolato sullo stesso corpo, ma tra virgolette.",
    "Dove si crea il token, firma esattamente i byte inviati: una shell o un form può togliere le virgolette.",
  ],
  secret_other: [
    "Il token è stato calcolato con un altro dei segreti indicati.",
    "Nel ricevitore, usa il segreto di questa sottoscrizione. Durante la sostituzione del segreto, accetta sia il vecchio sia il nuovo.",
  ],
  secret_trimmed: [
    "Il token è stato calcolato con lo stesso segreto, ma senza gli spazi o gli a capo all'inizio e alla fine.",
    "Togli gli spazi o gli a capo intorno al segreto qui: spesso è l'a capo alla fine di un file.",
  ],
  secret_final_newline: [
    "Il token è stato calcolato con lo stesso segreto, ma con un a capo in fondo, o tra il segreto e il payload.",
    "Dove si crea il token, il segreto è stato letto da un file che termina con un a capo. Togli quell'a capo, oppure aggiungilo anche al segreto qui.",
  ],
  secret_unquoted: [
    "Il token è stato calcolato con lo stesso segreto, ma senza le virgolette che lo racchiudono.",
    "Togli le virgolette intorno al segreto qui: ne sono diventate parte, per esempio in un file .env.",
  ],
  secret_quoted: [
    "Il token è stato calcolato con lo stesso segreto, ma tra virgolette o parentesi.",
    "Dove si crea il token, togli le virgolette o le parentesi intorno al segreto: ne sono diventate parte, per esempio in un file .env.",
  ],
  secret_base64_decoded: [
    "Il token è stato calcolato con lo stesso segreto, ma decodificato da base64.",
    "Decodifica da base64 il segreto anche qui (un Secret di Kubernetes lo conserva così), oppure non decodificarlo dove si crea il token.",
  ],
  secret_base64_encoded: [
    "Il token è stato calcolato con lo stesso segreto, ma codificato in base64.",
    "Dove si crea il token, decodifica da base64 il segreto (un Secret di Kubernetes lo conserva così), oppure usa anche qui il testo in base64.",
  ],
  secret_hex_decoded: [
    "Il token è stato calcolato con lo stesso segreto, ma decodificato da cifre esadecimali.",
    "Dove si crea il token, usa il segreto così com'è: non decodificarlo.",
  ],
  secret_hex_encoded: [
    "Il token è stato calcolato con lo stesso segreto, ma scritto in cifre esadecimali.",
    "Dove si crea il token, usa il segreto così com'è: non codificarlo.",
  ],
  secret_url_decoded: [
    "Il token è stato calcolato con lo stesso segreto, ma decodificato dall'URL encoding.",
    "Qui il segreto è ancora in URL encoding. Decodificalo qui, oppure usa quello codificato dove si crea il token.",
  ],
  secret_url_encoded: [
    "Il token è stato calcolato con lo stesso segreto, ma in URL encoding.",
    "Dove si crea il token, usa il segreto così com'è: non codificarlo.",
  ],
  secret_lower_case: [
    "Il token è stato calcolato con lo stesso segreto, ma con la prima lettera o tutte le lettere minuscole.",
    "Scrivi il segreto con le stesse maiuscole e minuscole qui e dove si crea il token.",
  ],
  secret_upper_case: [
    "Il token è stato calcolato con lo stesso segreto, ma con la prima lettera o tutte le lettere maiuscole.",
    "Scrivi il segreto con le stesse maiuscole e minuscole qui e dove si crea il token.",
  ],
  secret_placeholder: [
    'Il token è stato calcolato con un segnaposto come "undefined", "null" o "changeme", non con il segreto: chiunque può crearlo.',
    "Dove si crea il token, imposta la variabile del segreto: manca.",
  ],
  secret_first: [
    "Il token è stato calcolato con il segreto prima del payload.",
    "Dove si crea il token, metti il segreto in fondo: sha256(payload + segreto).",
  ],
  secret_both_ends: [
    "Il token è stato calcolato con il segreto sia prima sia dopo il payload.",
    "Dove si crea il token, metti il segreto solo in fondo: sha256(payload + segreto).",
  ],
  payload_only: [
    "Il token è stato calcolato sul solo payload, senza il segreto: chiunque può crearlo.",
    "Dove si crea il token, aggiungi il segreto in fondo: sha256(payload + segreto).",
  ],
  hmac: [
    "Il token è stato calcolato come HMAC, con il segreto come chiave.",
    "Dove si crea il token, usa un semplice hash, non un HMAC: sha256(payload + segreto).",
  ],
  hmac_swapped: [
    "Il token è stato calcolato come HMAC, con il payload come chiave.",
    "Dove si crea il token, usa un semplice hash, non un HMAC: sha256(payload + segreto).",
  ],
  separator: [
    "Il token è stato calcolato con un separatore tra payload e segreto.",
    "Dove si crea il token, non mettere nulla tra payload e segreto: sha256(payload + segreto).",
  ],
  hashed_twice: [
    "Il token è stato calcolato con un secondo hash, sul primo.",
    "Dove si crea il token, calcola l'hash una sola volta: sha256(payload + segreto).",
  ],
  payload_hashed_first: [
    "Il token è stato calcolato sull'hash del payload e sul segreto, non sul payload stesso.",
    "Dove si crea il token, calcola l'hash del payload stesso, seguito dal segreto: sha256(payload + segreto).",
  ],
  md5: ["Il token è stato calcolato con MD5.", "Dove si crea il token, usa SHA-256: sha256(payload + segreto)."],
  sha1: ["Il token è stato calcolato con SHA-1.", "Dove si crea il token, usa SHA-256: sha256(payload + segreto)."],
  sha512: ["Il token è stato calcolato con SHA-512.", "Dove si crea il token, usa SHA-256: sha256(payload + segreto)."],
  token_base64: ["Il token è stato scritto in base64.", "Dove si crea il token, scrivilo con 64 cifre esadecimali."],
  token_prefixed: [
    "Il token ha un prefisso che i ricevitori rifiutano.",
    "Dove si invia il token, e qui, usa solo le sue 64 cifre, eventualmente precedute da sha256= in minuscolo.",
  ],
  token_truncated: [
    "Il token è stato troncato: mancano alcune cifre.",
    "Copia qui tutte le 64 cifre del token. Se già la richiesta ne ha meno, chi invia lo conserva in un campo troppo corto.",
  ],
  token_spaced: [
    "Il token ha spazi o a capo all'inizio o alla fine.",
    "Dove si invia il token, e qui, usa solo le sue 64 cifre.",
  ],
  token_quoted: ["Il token è tra virgolette.", "Dove si invia il token, e qui, usa solo le sue 64 cifre."],
  payload_digit_keys_first: [
    "Il token è stato calcolato sullo stesso JSON, ma con le chiavi numeriche per prime, come le ordina JavaScript.",
    "Il corpo è stato letto da un parser e riscritto. Calcola l'hash del corpo grezzo, sia dove si crea il token sia nel ricevitore.",
  ],
  payload_keys_reordered: [
    "Il token è stato calcolato sullo stesso JSON, ma con le chiavi in un altro ordine, per esempio quello di org.json o json-simple di Java.",
    "Il corpo è stato letto da un parser e riscritto. Calcola l'hash del corpo grezzo, sia dove si crea il token sia nel ricevitore.",
  ],
  payload_duplicates_dropped: [
    "Il token è stato calcolato sullo stesso JSON, ma solo con l'ultima di ogni chiave ripetuta.",
    "Di due chiavi uguali un parser ne tiene una sola. Calcola l'hash del corpo grezzo, sia dove si crea il token sia nel ricevitore.",
  ],
  payload_numbers_rewritten: [
    "Il token è stato calcolato sullo stesso JSON, ma con i numeri come li scrive un altro linguaggio, per esempio 1 per 1.0, o 1.0E21 per 1e21.",
    "Un numero letto da un parser e riscritto spesso cambia. Calcola l'hash del corpo grezzo, sia dove si crea il token sia nel ricevitore.",
  ],
  payload_empty_objects_as_lists: [
    "Il token è stato calcolato sullo stesso JSON, ma con [] al posto di ogni oggetto vuoto, come lo scrive PHP.",
    "Nel ricevitore, verifica il corpo grezzo. Per firmare in PHP, decodifica gli oggetti come oggetti, non come array, oppure invia esattamente i byte firmati.",
  ],
  payload_dotnet_escaped: [
    "Il token è stato calcolato sullo stesso JSON, ma con virgolette, apostrofi, <, >, &, + e ogni carattere non ASCII scritti come escape \\u in maiuscolo, come lo scrive System.Text.Json di .NET.",
    "Nel ricevitore, verifica il corpo grezzo. Per firmare in .NET, usa JavaScriptEncoder.UnsafeRelaxedJsonEscaping, oppure invia esattamente i byte firmati.",
  ],
  payload_escapes_rewritten: [
    "Il token è stato calcolato sullo stesso JSON, ma con altri escape per gli stessi caratteri.",
    "Il corpo è stato letto da un parser e riscritto. Calcola l'hash del corpo grezzo, sia dove si crea il token sia nel ricevitore.",
  ],
  payload_indented_otherwise: [
    "Il token è stato calcolato sullo stesso JSON, ma indentato come fanno Jackson di Java, Perl o Swift.",
    "Il corpo è stato riformattato dopo la firma. Nel ricevitore, verifica il corpo grezzo, prima di qualsiasi parser JSON.",
  ],
  payload_inspected: [
    "Il token è stato calcolato su un oggetto letto dal parser, come lo stampa un linguaggio: per esempio un dict di Python o un Hash di Ruby.",
    "Dove si crea il token, calcola l'hash del corpo grezzo, non di un oggetto letto dal parser.",
  ],
  payload_bytes_shown: [
    "Il token è stato calcolato sui byte del corpo come li stampa un linguaggio: per esempio b'...' o una lista di numeri.",
    "Dove si crea il token, calcola l'hash dei byte del corpo, non della loro forma stampata.",
  ],
  payload_value_name: [
    "Il token è stato calcolato su una parola al posto del corpo, per esempio [object Promise], undefined o Array.",
    "Dove si crea il token, attendi il corpo grezzo (await) e calcola l'hash dei suoi byte.",
  ],
  payload_empty_object: [
    "Il token è stato calcolato su {}, un oggetto vuoto.",
    "Il corpo non era ancora stato letto dal parser, oppure una promise è stata scritta in JSON. Dove si crea il token, attendi il corpo grezzo (await) e calcolane l'hash.",
  ],
  payload_piece: [
    "Il token è stato calcolato su un solo pezzo del corpo.",
    "Un corpo arriva a pezzi. Dove si crea il token, raccoglili tutti prima di calcolare l'hash, oppure aggiungili all'hash uno alla volta, in ordine.",
  ],
  payload_utf16: [
    "Il token è stato calcolato sullo stesso corpo, ma in UTF-16.",
    "Dove si crea il token, calcola l'hash dei byte UTF-8 del corpo: Encoding.UTF8 in .NET, StandardCharsets.UTF_8 in Java.",
  ],
  payload_characters_lost: [
    "Il token è stato calcolato sullo stesso corpo, ma con i caratteri non ASCII persi o sostituiti, per esempio da punti interrogativi.",
    "Dove si crea il token, calcola l'hash dei byte grezzi del corpo: lì qualcosa usa un charset che non ne ha tutti i caratteri.",
  ],
  payload_normal_form: [
    "Il token è stato calcolato sullo stesso corpo, ma con gli accenti in un'altra forma Unicode (NFC o NFD).",
    "Qualcosa ha normalizzato il testo, qui o dove si crea il token. Usa i byte grezzi da entrambe le parti.",
  ],
  payload_base64: [
    "Il token è stato calcolato sullo stesso corpo, ma codificato in base64.",
    "Dove si crea il token, decodifica il corpo prima di calcolarne l'hash: un gateway può consegnarlo in base64.",
  ],
  payload_hex: [
    "Il token è stato calcolato sullo stesso corpo, ma scritto in cifre esadecimali.",
    "Dove si crea il token, calcola l'hash dei byte del corpo, non delle loro cifre esadecimali.",
  ],
  payload_percent_encoded: [
    "Il token è stato calcolato sullo stesso corpo, ma in URL encoding, come in un form.",
    "Dove si crea il token, firma e invia il corpo così com'è, con il content type application/json.",
  ],
  payload_space_removed: [
    "Il token è stato calcolato sullo stesso corpo, ma senza nessuno spazio né a capo, nemmeno all'interno dei testi.",
    "Dove si crea il token, non modificare il corpo: calcola l'hash dei byte grezzi.",
  ],
  payload_lower_case: [
    "Il token è stato calcolato sullo stesso corpo, ma in minuscolo.",
    "Dove si crea il token, non modificare il corpo: calcola l'hash dei byte grezzi.",
  ],
  payload_end_added: [
    "Il token è stato calcolato sullo stesso corpo, ma con uno spazio o un byte nullo in fondo, o un a capo all'inizio.",
    "Dove si crea il token, calcola l'hash esattamente dei byte del corpo, non di uno in più.",
  ],
  payload_from_base64: [
    "Qui il payload è in base64, ma il token è stato calcolato sui byte decodificati.",
    "Qui, decodifica prima il payload da base64: i gateway che impostano isBase64Encoded consegnano il corpo in base64.",
  ],
  payload_from_hex: [
    "Qui il payload è in cifre esadecimali, ma il token è stato calcolato sui byte decodificati.",
    "Qui, decodifica prima il payload dalle cifre esadecimali, oppure usa il corpo grezzo.",
  ],
  payload_from_envelope: [
    "Qui il payload è un record che contiene il corpo, ma il token è stato calcolato solo su quel corpo.",
    "Qui, estrai il corpo dal record del gateway o della coda, e verifica solo il corpo.",
  ],
  payload_from_escapes: [
    "Qui il payload ha degli escape, come in un log, nel codice o in una stringa JSON, ma il token è stato calcolato sul corpo senza.",
    "Qui, decodifica prima gli escape nel payload, oppure usa il corpo grezzo.",
  ],
  payload_from_form: [
    "Qui il payload è un form, ma il token è stato calcolato su un suo valore.",
    "Qui, decodifica il form e verifica il valore. Oppure cambia il mittente: invia il corpo come application/json.",
  ],
  payload_from_request: [
    "Qui il payload è un'intera richiesta, ma il token è stato calcolato solo sul suo corpo.",
    "Qui, usa solo il corpo, che segue la riga vuota, oppure incolla l'intera richiesta nel campo apposito.",
  ],
  payload_from_text: [
    "Qui il payload ha altro testo intorno al JSON, ma il token è stato calcolato sul solo JSON.",
    "Qui, usa solo il JSON, dalla prima parentesi all'ultima.",
  ],
  payload_from_code: [
    "Qui il payload è un oggetto come lo stampa Python, Ruby o JavaScript, ma il token è stato calcolato sul suo JSON.",
    "Qui, usa il corpo grezzo, non l'oggetto letto dal parser.",
  ],
  payload_from_bytes: [
    "Qui il payload è una lista di numeri, per esempio un Buffer, ma il token è stato calcolato sui byte stessi.",
    "Qui, usa i byte del corpo, non la loro forma stampata.",
  ],
  payload_from_entities: [
    "Qui il payload è scritto per l'HTML, con &quot; e simili, ma il token è stato calcolato sul testo semplice.",
    "Qui, copia il testo che la pagina mostra, non il suo sorgente, oppure usa il corpo grezzo.",
  ],
  payload_from_mojibake: [
    "Qui il payload è stato letto nel charset sbagliato, ma il token è stato calcolato sull'UTF-8 originale.",
    "Qui, leggi il corpo come UTF-8, oppure usa i suoi byte grezzi.",
  ],
  payload_from_latin1: [
    "Qui il payload è in Latin-1 o in un altro charset, ma il token è stato calcolato sullo stesso testo in UTF-8.",
    "Qui, usa i byte grezzi del corpo: qualcosa ne ha scritto il testo in un altro charset.",
  ],
  payload_from_utf16: [
    "Qui il payload è in UTF-16, ma il token è stato calcolato sullo stesso testo in UTF-8.",
    "Qui, salva o passa il corpo in UTF-8: PowerShell e alcuni editor scrivono in UTF-16.",
  ],
  secret_without_invisible: [
    "Il token è stato calcolato con lo stesso segreto, ma senza i suoi caratteri invisibili.",
    "Riscrivi il segreto qui: contiene un carattere che nessuno vede, per esempio un byte order mark o uno spazio di larghezza zero.",
  ],
  secret_with_invisible: [
    "Il token è stato calcolato con lo stesso segreto, ma con un carattere invisibile prima o dopo.",
    "Dove si crea il token, riscrivi il segreto: contiene un carattere che nessuno vede, per esempio un byte order mark o un byte nullo.",
  ],
  secret_from_line: [
    "Qui il segreto è una riga o un record intero, ma il token è stato calcolato solo con il valore che contiene.",
    "Qui, usa solo il segreto: nessun nome prima e nulla dopo.",
  ],
  secret_with_line: [
    "Il token è stato calcolato con più del segreto: con un nome prima, o un carattere dopo.",
    "Dove si crea il token, usa solo il segreto, non la riga intera di un file.",
  ],
  secret_spaced: [
    "Il token è stato calcolato con lo stesso segreto, ma con uno spazio o una tabulazione prima o dopo.",
    "Dove si crea il token, togli lo spazio o la tabulazione prima o dopo il segreto.",
  ],
  secret_unescaped: [
    "Il token è stato calcolato con lo stesso segreto, ma con gli escape decodificati, per esempio \\n o &amp;.",
    "Qui, scrivi i caratteri stessi del segreto, non i loro escape.",
  ],
  secret_escaped: [
    "Il token è stato calcolato con lo stesso segreto, ma con degli escape, per esempio \\n come due caratteri.",
    "Dove si crea il token, scrivi i caratteri stessi del segreto, non i loro escape.",
  ],
  secret_normal_form: [
    "Il token è stato calcolato con lo stesso segreto, ma con gli accenti in un'altra forma Unicode (NFC o NFD).",
    "Scrivi il segreto in NFC qui e dove si crea il token, oppure scegline uno con soli caratteri ASCII.",
  ],
  secret_charset: [
    "Il token è stato calcolato con lo stesso segreto, ma in un altro charset.",
    "Codifica il segreto in UTF-8 qui e dove si crea il token, oppure scegline uno con soli caratteri ASCII.",
  ],
  secret_padding: [
    "Il token è stato calcolato con lo stesso segreto, ma con più o meno = in fondo.",
    "Copia l'intero segreto qui e dove si crea il token, con tutti gli = in fondo.",
  ],
  secret_expanded: [
    "Il token è stato calcolato con lo stesso segreto, ma cambiato da una shell, un file .env o un template.",
    "Shell, file .env e template trattano in modo speciale $, #, %, virgolette e barre rovesciate. Dove si crea il token, metti il segreto tra apici singoli, oppure scegli un segreto di sole lettere e cifre.",
  ],
  secret_piece: [
    "Il token è stato calcolato solo con una parte del segreto.",
    "Confronta il segreto qui con quello usato dove si crea il token, dal primo all'ultimo carattere: quello è troncato, oppure questo ha qualcosa in più.",
  ],
  token_zeros_lost: [
    "Il token ha perso degli zeri iniziali.",
    'Dove si crea il token, scrivi ogni byte con due cifre: String.format("%02x") in Java, padStart(2, "0") in JavaScript.',
  ],
  token_in_line: [
    "Il token ha altro testo intorno, per esempio l'output di uno strumento.",
    "Dove si invia il token, e qui, usa solo le sue 64 cifre.",
  ],
  token_separated: [
    "Il token ha dei segni tra le cifre, per esempio : o -.",
    "Dove si crea il token, scrivi 64 cifre esadecimali senza nulla in mezzo.",
  ],
  token_escaped: [
    "Il token è stato scritto con degli escape, per esempio %3D.",
    "Dove si invia il token, e qui, usa le sue semplici cifre, senza escape.",
  ],
  token_invisible: [
    "Il token contiene caratteri invisibili.",
    "Dove si invia il token, e qui, usa solo le sue 64 cifre. Non copiarle da un documento.",
  ],
  token_numbers: [
    "Il token è stato scritto come lista di numeri.",
    "Dove si crea il token, scrivilo con 64 cifre esadecimali.",
  ],
  token_hex_twice: [
    "Il token è stato scritto due volte in cifre esadecimali.",
    "Dove si crea il token, converti il digest in esadecimale una sola volta.",
  ],
  payload_nulls_dropped: [
    "Il token è stato calcolato sullo stesso JSON, ma senza i campi null, come lo scrive Gson.",
    "Nel ricevitore, verifica il corpo grezzo. Per firmare con Gson, usa serializeNulls(), oppure invia esattamente i byte firmati.",
  ],
  payload_wrapped: [
    "Il token è stato calcolato sullo stesso corpo, ma inserito in un altro oggetto, in una lista o in un form.",
    "Dove si crea il token, firma il corpo stesso, senza nulla intorno.",
  ],
  payload_from_document: [
    "Un documento o una chat ha cambiato virgolette o spazi nel payload qui, ma il token è stato calcolato sull'originale.",
    "Qui, copia il corpo grezzo da dove è arrivato.",
  ],
  payload_from_lines: [
    "Qui il payload ha degli a capo in più, ma il token è stato calcolato senza.",
    "Qui, copia il corpo grezzo da un file: i terminali e le mail spezzano le righe lunghe.",
  ],
  secret_from_document: [
    "Un documento o un telefono ha cambiato una virgoletta, un trattino o uno spazio nel segreto.",
    "Qui e dove si crea il token, copia il segreto da dove è conservato, non da un documento o da una chat.",
  ],
  token_repeated: [
    "Il token compare due volte di seguito.",
    "Invia il token una volta sola. Forse un proxy ha unito due header con lo stesso nome.",
  ],
  token_no_digest: [
    "Il token non è composto da 64 cifre esadecimali, né scritto in un altro modo noto.",
    "Copia l'intero valore dell'header X-Mia-Token o X-Mia-Signature.",
  ],
  payload_missing: ["Il payload è vuoto.", "Copia il corpo grezzo della richiesta."],
  payload_not_utf8: [
    "Il payload non è in UTF-8, ma la Console invia UTF-8.",
    "Cerca qualcosa che ha compresso o codificato il corpo, o ne ha cambiato il charset.",
  ],
  payload_replaced: [
    "Il payload contiene U+FFFD, che sta al posto di byte andati persi.",
    "Nel ricevitore, verifica i byte grezzi, non il testo che ne è stato letto.",
  ],
  payload_not_json: [
    "Il payload non è JSON, ma la Console invia un oggetto JSON.",
    "Forse è troncato, oppure è stato copiato altro. Copia l'intero corpo grezzo.",
  ],
  payload_formatted: [
    "Il payload è stato formattato per la lettura, ma la Console invia JSON senza spazi e a capo.",
    "Copia il corpo grezzo. Un visualizzatore può aver cambiato anche numeri ed escape, e questo non si può annullare.",
  ],
  payload_typographic: [
    "Il payload contiene spazi unificatori o di larghezza zero, oppure virgolette tipografiche.",
    "Forse è stato copiato da un documento. Copia il corpo grezzo.",
  ],
  payload_no_event: [
    "Il payload non è un evento: un evento è un oggetto con eventName, eventTimestamp e payload.",
    "Copia l'intero corpo grezzo, così com'è arrivato.",
  ],
  secret_missing: ["Manca il segreto.", "Inserisci il segreto della sottoscrizione."],
  secret_invisible: [
    "Il segreto contiene un carattere invisibile.",
    "Riscrivi il segreto, oppure copialo da dove è conservato.",
  ],
  secret_of_another: [
    "Payload e token sembrano giusti, quindi il segreto potrebbe essere quello di un'altra sottoscrizione.",
    "Confronta il segreto usato qui con quello di questa sottoscrizione nella Console, fino all'ultimo carattere.",
  ],
  token_of_another_hash: [
    "Il token non è lungo come uno SHA-256, che ha 64 cifre esadecimali.",
    "Cerca una cifra mancante, o un'altra funzione di hash: MD5 ha 32 cifre, SHA-1 ne ha 40, SHA-512 ne ha 128.",
  ],
  payload_request: [
    "Il payload inizia come una richiesta o un comando, non come un corpo.",
    "Usa solo il corpo, oppure incolla l'intera richiesta nel campo apposito.",
  ],
  payload_compressed: [
    "Il payload inizia come dei dati compressi.",
    "Qui, decomprimi prima il payload: il token si calcola sul corpo prima della compressione.",
  ],
  payload_cut_off: [
    "Il payload inizia come JSON, ma manca la fine.",
    "Copia l'intero corpo grezzo. Terminali, log e database troncano le righe lunghe.",
  ],
  payload_envelope: [
    "Il payload è JSON, ma sembra il record di un gateway o di una coda che contiene la richiesta, non un evento.",
    "Qui, estrai il corpo dal record: spesso è un testo di nome body, Body o Message, forse in base64.",
  ],
  payload_rounded: [
    "Il payload contiene un numero intero che probabilmente è stato arrotondato: supera 9007199254740991 e finisce con degli zeri.",
    "Un visualizzatore che legge il JSON con JavaScript perde delle cifre. Copia il corpo grezzo, non quello mostrato da un visualizzatore.",
  ],
  payload_rewritten: [
    "Il payload non è scritto come la Console scrive il JSON: escape, numeri o chiavi sono diversi.",
    "Il corpo è stato letto da un parser e riscritto. Nel ricevitore, verifica il corpo grezzo.",
  ],
  secret_template: [
    "Il segreto sembra un segnaposto mai sostituito.",
    "Usa qui il segreto stesso, e controlla dove va impostata la variabile.",
  ],
  payload_masked: [
    "Un valore nel payload sembra mascherato o abbreviato, come in un log.",
    "Ciò che manca è perso. Copia il corpo grezzo, non il log.",
  ],
  request_mixed: [
    "Il token potrebbe essere di un'altra richiesta.",
    "Copia payload e token dalla stessa richiesta. Ogni evento ha il proprio token.",
  ],
  secret_unconfirmed: [
    "Qui nulla mostra se il segreto è giusto.",
    "Confronta il segreto usato qui con quello di questa sottoscrizione nella Console, fino all'ultimo carattere.",
  ],
};

/** For a subscription. */
export const ISSUES_IT: Readonly<Record<IssueCode, Sentences>> = {
  json_malformed: ["Il testo non è JSON.", "Correggilo nel punto indicato."],
  too_large: ["È più grande di qualsiasi sottoscrizione.", "Controlla di aver indicato il testo giusto."],
  not_an_object: [
    "Una sottoscrizione è un oggetto con i campi eventName, target e secret.",
    "Indica un solo record, non una lista o una stringa.",
  ],
  field_missing: ["Manca un campo obbligatorio.", "Aggiungilo. eventName, target e secret sono obbligatori."],
  field_type: [
    "Il valore è del tipo sbagliato.",
    "Usa una stringa; eventName può essere anche una lista di stringhe, e proxy è un oggetto con un url. Invece di null, ometti il campo. Non omettere però un id che serve: senza, arrivano più eventi.",
  ],
  field_duplicate: [
    "Il campo è presente più di una volta, e i parser non concordano su quale valga.",
    "Tienine uno solo.",
  ],
  field_misspelled: [
    "Questo campo non esiste, ma ce n'è uno con un nome quasi uguale.",
    "Correggi il nome: così com'è, il campo non ha effetto.",
  ],
  field_unknown: [
    "Questo campo non esiste, quindi non ha effetto.",
    "Rimuovilo. Se doveva limitare o fermare le consegne, fallo in un altro modo.",
  ],
  id_blank: [
    "L'id è vuoto.",
    "Indica l'id. Senza il campo arrivano gli eventi di tutte le aziende e di tutti i progetti.",
  ],
  id_control_character: [
    "L'id contiene un carattere di controllo, come un a capo o una tabulazione.",
    "Copia di nuovo l'id, senza ciò che lo circonda.",
  ],
  id_is_name: [
    "Sembra un nome per le persone, non un id.",
    "Usa l'id della Console: con un nome, nessun evento corrisponde.",
  ],
  id_shape: [
    "Non ha la forma di un id della Console: al massimo 63 caratteri tra lettere, cifre, '-', '_' e '.', con una lettera o una cifra all'inizio e alla fine.",
    "Confrontalo con l'id nella Console, spazi iniziali e finali compresi.",
  ],
  event_name_blank: ["Non è indicato nessun evento.", "Indica l'evento da ascoltare, per esempio project_created."],
  event_name_misspelled: [
    "L'evento non si scrive così.",
    "Scrivilo come fa la Console: in minuscolo, con gli underscore.",
  ],
  event_name_joined: [
    "Sono più nomi in un'unica stringa, che non corrisponde a nessun evento.",
    "Usa una lista di nomi.",
  ],
  event_name_alias: [
    "È un altro nome di un evento: la documentazione della Console li usa entrambi.",
    "Preferisci il nome più recente, e fai in modo che il ricevitore accetti entrambi.",
  ],
  event_name_legacy: [
    "Solo le vecchie versioni della Console inviano questo evento.",
    "Dalla Console 12.3 in poi, ascolta l'evento più recente.",
  ],
  event_name_unknown: [
    "La documentazione della Console non riporta nessun evento con questo nome.",
    "Controlla come è scritto. Se la tua Console ha questo evento, va tutto bene.",
  ],
  event_name_duplicate: ["L'evento è elencato più di una volta.", "Tienine uno solo."],
  url_malformed: ["Non è un URL assoluto.", "Indica l'indirizzo completo, per esempio https://example.org/webhook."],
  url_too_long: ["L'URL è più lungo di 8192 byte.", "Usa un indirizzo più corto."],
  url_white_space: [
    "L'URL contiene uno spazio, un a capo o un carattere di controllo.",
    "Rimuovilo, oppure scrivi %20 dove serve uno spazio.",
  ],
  url_scheme: ["Lo schema dell'URL non è né https né http.", "Fallo iniziare con https://."],
  url_host_missing: [
    "L'URL non indica nessun host.",
    "Scrivi l'host dopo le due barre, per esempio https://example.org/webhook.",
  ],
  url_credentials: [
    "L'URL contiene un nome utente o una password: chi vede il record può leggerli.",
    "Rimuovili: è il token a dimostrare chi ha inviato un evento.",
  ],
  url_fragment: ["La parte dopo # non viene mai inviata.", "Rimuovila, oppure scrivi %23 dove serve quel carattere."],
  url_plain_http: ["Senza TLS chiunque si trovi lungo il percorso può leggere il corpo.", "Usa https."],
  url_loopback: [
    "È la macchina stessa di chi invia: la Console chiamerebbe sé stessa.",
    "Usa un indirizzo che la Console può raggiungere.",
  ],
  url_private: [
    "È un indirizzo di una rete privata: la Console non può raggiungerlo, o non dovrebbe.",
    "Usa un nome host che la Console può risolvere, oppure assicurati che la Console sia in quella rete.",
  ],
  url_link_local: [
    "È un indirizzo link-local, che nessun router inoltra.",
    "Usa un indirizzo che la Console può raggiungere.",
  ],
  url_metadata: [
    "È il servizio di metadati di un cloud, che distribuisce credenziali.",
    "Usa l'indirizzo del tuo ricevitore.",
  ],
  url_reserved: [
    "Questo indirizzo è riservato a uno scopo particolare e non appartiene a nessun ricevitore.",
    "Usa un indirizzo che la Console può raggiungere.",
  ],
  url_cluster_name: [
    "È un nome interno a un cluster: fuori da quel cluster nessuno può risolverlo.",
    "Se la Console è in quel cluster, va tutto bene; per un nome senza punto, anche la destinazione deve essere nel namespace della Console. Altrimenti usa un nome host pubblico.",
  ],
  url_local_name: [
    "È un nome interno a una rete privata: la Console non può risolverlo, o non dovrebbe.",
    "Usa un nome host che la Console può risolvere, oppure assicurati che la Console sia in quella rete.",
  ],
  url_reserved_name: [
    "La parte finale di questo nome è riservata: il DNS pubblico non ha nomi simili.",
    "Usa un nome host che la Console può risolvere.",
  ],
  proxy_plain_http: [
    "La connessione al proxy non è cifrata: chiunque si trovi lungo il percorso vede quale host viene chiamato, e anche il corpo se la destinazione è http.",
    "Usa un proxy https, se ce n'è uno.",
  ],
  proxy_credentials: [
    "L'URL del proxy contiene credenziali. Sono ammesse, ma chi vede il record può leggerle.",
    "Preferisci un proxy che riconosce la Console dal suo indirizzo.",
  ],
  certificate_encoding: [
    "Non è né base64 né un certificato in formato PEM.",
    "Indica il certificato dell'autorità di certificazione (CA) come base64 del suo file PEM.",
  ],
  certificate_malformed: [
    "Il contenuto non è un certificato X.509.",
    "Controlla il file con: openssl x509 -in ca.pem -noout -text",
  ],
  certificate_private_key: [
    "Contiene una chiave privata. Chi vede il record ha la chiave.",
    "Sostituisci la chiave, e indica solo il certificato.",
  ],
  certificate_trailing_data: [
    "Il certificato è seguito da byte che non sono un certificato.",
    "Esporta di nuovo il certificato.",
  ],
  certificate_expired: [
    "Il certificato è scaduto: la Console non può fidarsi della destinazione.",
    "Indica il certificato che lo ha sostituito.",
  ],
  certificate_not_yet_valid: [
    "Il certificato non è ancora valido.",
    "Attendi, oppure correggi l'orologio della macchina che lo ha generato.",
  ],
  certificate_not_authority: [
    "Non è il certificato di un'autorità di certificazione.",
    "Indica il certificato dell'autorità che ha firmato quello della destinazione, non quello della destinazione stessa.",
  ],
  certificate_several: [
    "Ci sono più certificati, e ognuno è considerato attendibile.",
    "Tieni solo il certificato dell'autorità che ha firmato quello della destinazione.",
  ],
  certificate_surroundings: [
    "Intorno al certificato c'è del testo, che viene ignorato.",
    "Tieni ciò che va da BEGIN CERTIFICATE a END CERTIFICATE.",
  ],
  certificate_unused: [
    "La destinazione è http, quindi il certificato non viene usato.",
    "Usa una destinazione https, oppure ometti base64CA.",
  ],
  secret_empty: ["Il segreto è vuoto: chiunque potrebbe firmare.", "Usa un segreto di almeno 32 byte casuali."],
  secret_blank: ["Il segreto contiene solo spazi o a capo.", "Usa un segreto di almeno 32 byte casuali."],
  secret_placeholder: [
    "Il segreto è un segnaposto che non è mai stato sostituito.",
    "Imposta la variabile che dovrebbe sostituirlo.",
  ],
  secret_too_long: ["Il segreto è più lungo di 4096 byte.", "Controlla che sia stato letto il file giusto."],
  secret_final_newline: [
    "Il segreto termina con un a capo, molto probabilmente quello del file da cui è stato letto. L'a capo conta: un ricevitore che non lo ha rifiuta ogni evento.",
    "Toglilo da entrambe le parti.",
  ],
  secret_outer_space: [
    "Il segreto inizia o termina con spazi o a capo. Contano, ma si perdono facilmente.",
    "Toglili da entrambe le parti.",
  ],
  secret_quoted: ["Il segreto è tra virgolette. Contano, ma si perdono facilmente.", "Toglile da entrambe le parti."],
  secret_very_short: [
    "Il segreto è più corto di 16 byte. Chi vede una sola consegna può indovinarlo e firmare eventi propri.",
    "Sostituiscilo subito, con almeno 32 byte casuali.",
  ],
  secret_short: [
    "Il segreto è più corto di 32 byte. Chi vede una sola consegna può provare a indovinarlo, alla velocità consentita dal suo hardware.",
    "Usa almeno 32 byte casuali.",
  ],
  secret_monotonous: [
    "Il segreto ha pochi caratteri diversi, oppure si ripete. Chi vede una sola consegna può provare a indovinarlo.",
    "Usa almeno 32 byte casuali.",
  ],
  secret_common: [
    "Il segreto è una parola comune, o presa dalla documentazione. Chi prova a indovinare un segreto comincia da parole come queste.",
    "Usa almeno 32 byte casuali.",
  ],
  placeholder: [
    "Un segnaposto non è stato sostituito.",
    "Metti al suo posto il valore vero, oppure imposta la variabile che dovrebbe sostituirlo.",
  ],
  placeholder_likely: [
    "Sembra un segnaposto che nessuno ha sostituito, o un valore troncato o mascherato per la visualizzazione.",
    "Metti al suo posto il valore vero. Se è quello vero, va tutto bene.",
  ],
  invisible_character: [
    "Il valore contiene un carattere invisibile, come uno spazio di larghezza zero o un byte order mark.",
    "Riscrivi il valore a mano invece di copiarlo.",
  ],
  value_assignment: [
    "È una riga intera di un file o di uno script, non il solo valore.",
    "Indica solo il valore, che viene dopo il nome.",
  ],
  value_quoted: ["Il valore è tra virgolette, backtick o parentesi.", "Toglili."],
  value_escaped: [
    "Il valore contiene un escape scritto per esteso, come una barra rovesciata e una n.",
    "Indica il valore com'era prima di essere scritto nel codice o nel JSON.",
  ],
  value_punctuated: [
    "Il valore finisce con una virgola o un punto e virgola, probabilmente copiati con esso.",
    "Toglili, a meno che facciano parte del valore.",
  ],
  secret_invisible: [
    "Il segreto contiene un carattere invisibile, come uno spazio di larghezza zero o un byte order mark. Conta, ma si perde facilmente.",
    "Toglilo da entrambe le parti.",
  ],
  secret_assignment: [
    "È una riga intera di un file, di uno script o di una richiesta, non il solo segreto.",
    "Da entrambe le parti, indica solo il segreto, che viene dopo il nome.",
  ],
  secret_escaped: [
    "Il segreto contiene un escape scritto per esteso, come una barra rovesciata e una n. Contano entrambi i caratteri, ma l'altra parte può leggerli come un a capo.",
    "Toglilo da entrambe le parti, a meno che faccia parte del segreto.",
  ],
  url_scheme_twice: ["L'URL ha lo schema due volte.", "Lascia un solo https:// all'inizio."],
  url_scheme_misspelled: [
    "L'inizio dell'URL è scritto male.",
    "Inizia l'URL con https://: cinque lettere, due punti e due barre.",
  ],
  url_scheme_missing: ["L'URL inizia con l'host: manca lo schema.", "Scrivi https:// prima dell'host."],
  certificate_escaped: [
    "Gli a capo sono scritti per esteso, come barra rovesciata e n.",
    "Indica il base64 del file stesso: openssl base64 -A -in ca.pem",
  ],
  certificate_encoded_twice: [
    "È base64 di base64.",
    "Codifica il file PEM una sola volta: openssl base64 -A -in ca.pem",
  ],
  certificate_request: [
    "È una richiesta di firma (CSR), non un certificato.",
    "Indica il certificato dell'autorità che ha firmato il certificato della destinazione.",
  ],
  certificate_pkcs7: [
    "È un archivio PKCS #7, che la Console non legge.",
    "Estrai i certificati: openssl pkcs7 -in FILE -print_certs -out ca.pem",
  ],
  certificate_pkcs12: [
    "È un archivio PKCS #12, che di solito contiene una chiave privata. Chiunque veda il record ha l'archivio.",
    "Se contiene una chiave, sostituiscila. Estrai solo l'autorità: openssl pkcs12 -in FILE -cacerts -nokeys -out ca.pem",
  ],
  certificate_trusted: [
    "È un certificato con le impostazioni di fiducia di OpenSSL (TRUSTED CERTIFICATE), che altri programmi non leggono.",
    "Riscrivilo senza: openssl x509 -in FILE -out ca.pem",
  ],
  certificate_public_key: [
    "È una chiave pubblica, non un certificato.",
    "Indica il certificato dell'autorità che ha firmato il certificato della destinazione.",
  ],
  certificate_path: [
    "È il nome o l'indirizzo di un file, non il suo contenuto.",
    "Indica il base64 del file: openssl base64 -A -in FILE",
  ],
  field_synonym: [
    "Questo campo non esiste: un altro ha questo significato.",
    "Rinominalo: così com'è, non ha effetto.",
  ],
  field_filter: [
    "Questo campo non esiste. Forse doveva limitare gli eventi; poiché non ha effetto, ne arrivano di più.",
    "Solo tenantId, projectId ed eventName limitano gli eventi. Indica con questi quali vuoi, e lascia che il ricevitore ignori gli altri.",
  ],
  event_name_wildcard: [
    "La documentazione della Console non prevede caratteri jolly: vale come nome, che nessun evento ha.",
    "Elenca i nomi in eventName; è obbligatorio, quindi ometterlo non significa tutti gli eventi.",
  ],
  id_wildcard: [
    "La documentazione della Console non prevede caratteri jolly: vale come id, che nulla ha.",
    "Indica l'id. Se vuoi davvero gli eventi di tutte le aziende e di tutti i progetti, non indicare né tenantId né projectId.",
  ],
  record_wrapped: ["Il record è dentro questo campo.", "Indica il solo record, senza ciò che lo circonda."],
};

/** Of the codes of deliveries, the page can show those of its fields and of its modules. */
type ShownCode = Extract<Code, `secret_${string}` | `token_${string}` | `engine_${string}`>;

/** For secrets and tokens that cannot be used: summary and hint. */
export const CODES_IT: Readonly<Record<ShownCode, Sentences> & Partial<Record<string, Sentences>>> = {
  token_missing: [
    "La richiesta non ha l'header del token.",
    "La sottoscrizione non ha un segreto, oppure un proxy rimuove l'header.",
  ],
  token_malformed: [
    "Un header del token non contiene 64 cifre esadecimali, con il prefisso facoltativo sha256=.",
    "Era vuoto, inviato due volte o alterato. Controlla i proxy.",
  ],
  token_mismatch: [
    "Il token non corrisponde a questo payload con nessuno dei segreti.",
    "Il segreto non è quello della Console (cerca un a capo o delle virgolette attorno), qualcosa ha cambiato il corpo, oppure la richiesta è contraffatta.",
  ],
  secret_missing: [
    "Nessun segreto è configurato.",
    "Imposta il segreto della sottoscrizione, o la variabile che lo contiene.",
  ],
  secret_empty: ["Un segreto è vuoto.", "La sua variabile o il suo file è vuoto."],
  secret_placeholder: [
    'Un segreto è un segnaposto, per esempio "undefined".',
    "Una variabile mancante è diventata testo. Imposta quella variabile.",
  ],
  secret_too_long: ["Un segreto è più lungo di 4096 byte.", "Forse è stato letto un altro file."],
  secret_too_many: ["Ci sono più di 8 segreti.", "Tieni quello attuale e il precedente."],
  secret_suffix: [
    "Un segreto termina con un altro.",
    "Due payload potrebbero avere lo stesso token. Scegli un altro segreto.",
  ],
  engine_unavailable: [
    "Non è stato possibile usare il modulo WebAssembly.",
    "Leggi la causa dell'errore. In un browser, script-src deve contenere 'wasm-unsafe-eval'; un runtime edge ha bisogno della sua condizione di export. Senza WebAssembly, usa un altro motore, un server o il crate Rust.",
  ],
};
