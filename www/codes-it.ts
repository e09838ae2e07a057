/** The texts of the codes in Italian. The English ones are in the tables in Rust. */

import type { Code } from "mia-webhooks";
import type { DeviationCode, HintCode } from "mia-webhooks/diagnose";
import type { IssueCode } from "mia-webhooks/subscription";

type Sentences = readonly [message: string, fix: string];

/** For a token that does not match. */
export const FINDINGS_IT: Readonly<Record<DeviationCode | HintCode, Sentences>> = {
  payload_minified: [
    "Il token corrisponde al JSON senza spazi.",
    "Il corpo è stato spaziato o indentato dopo la firma. Verifica il corpo grezzo, prima di qualsiasi parser JSON.",
  ],
  payload_indented_by_2: [
    "Il token corrisponde al JSON indentato con due spazi.",
    "Verifica il corpo grezzo, prima di qualsiasi parser JSON.",
  ],
  payload_indented_by_4: [
    "Il token corrisponde al JSON indentato con quattro spazi.",
    "Verifica il corpo grezzo, prima di qualsiasi parser JSON.",
  ],
  payload_indented_by_tabs: [
    "Il token corrisponde al JSON indentato con tabulazioni.",
    "Verifica il corpo grezzo, prima di qualsiasi parser JSON.",
  ],
  payload_spaced: [
    "Il token corrisponde al JSON con uno spazio dopo ogni virgola e ogni due punti, come lo scrive Python.",
    "Verifica il corpo grezzo. Per firmare con Python, serializza il JSON una sola volta, poi invia e firma gli stessi byte.",
  ],
  payload_sorted_keys: [
    "Il token corrisponde al JSON con le chiavi ordinate.",
    "Verifica il corpo grezzo: un oggetto letto con un parser e serializzato di nuovo è un altro testo.",
  ],
  payload_ascii_only: [
    "Il token corrisponde al JSON con ogni carattere non ASCII scritto come \\u seguito dal suo codice.",
    "Verifica il corpo grezzo, prima di qualsiasi parser JSON.",
  ],
  payload_unescaped: [
    "Il token corrisponde al JSON con le sequenze \\u sostituite dai caratteri stessi.",
    "Verifica il corpo grezzo, prima di qualsiasi parser JSON.",
  ],
  payload_html_escaped: [
    "Il token corrisponde al JSON con l'escape di <, > e &, come lo scrive Go.",
    "Verifica il corpo grezzo. Per firmare con Go, usa un encoder con SetEscapeHTML(false), oppure firma ciò che ha scritto.",
  ],
  payload_gson_escaped: [
    "Il token corrisponde al JSON con l'escape di <, >, &, = e ', come lo scrive Gson.",
    "Verifica il corpo grezzo. Per firmare con Gson, usa disableHtmlEscaping(), oppure firma ciò che ha scritto.",
  ],
  payload_slashes_escaped: [
    "Il token corrisponde al JSON con \\/ al posto di ogni slash, come lo scrive PHP.",
    "Verifica il corpo grezzo. Per firmare con PHP, usa JSON_UNESCAPED_SLASHES, oppure firma ciò che ha scritto.",
  ],
  payload_doubly_encoded: [
    "Il token corrisponde al corpo codificato come stringa JSON.",
    "Il corpo è stato serializzato in JSON due volte prima della firma. Firma il corpo stesso.",
  ],
  payload_inner_only: [
    "Il token corrisponde al solo campo payload dell'evento.",
    "L'hash si calcola sull'intero corpo, eventName ed eventTimestamp compresi.",
  ],
  payload_object_object: [
    "Il token corrisponde al testo [object Object].",
    "L'hash è stato calcolato su un oggetto già letto dal parser, non sul suo testo. Calcola l'hash del corpo grezzo.",
  ],
  payload_empty: [
    "Il token corrisponde a un corpo vuoto.",
    "Il corpo è stato letto prima di calcolarne l'hash, oppure non è mai stato letto. Leggi il corpo grezzo una sola volta e conservalo.",
  ],
  payload_final_newline_added: [
    "Il token corrisponde al corpo con un'interruzione di riga in fondo, o tra il corpo e il segreto.",
    "Uno strumento come echo ha aggiunto un'interruzione di riga prima della firma: usa printf, oppure curl con --data-binary.",
  ],
  payload_final_newline_removed: [
    "Il token corrisponde al corpo senza l'interruzione di riga finale.",
    "Invia gli stessi byte che firmi: curl con --data-binary, non con --data.",
  ],
  payload_crlf: [
    "Il token corrisponde al corpo con CR LF alla fine di ogni riga.",
    "Qualcosa ha cambiato i fine riga, per esempio un form o un editor. Firma e invia gli stessi byte.",
  ],
  payload_lf: [
    "Il token corrisponde al corpo con il solo LF alla fine di ogni riga.",
    "Qualcosa ha cambiato i fine riga, per esempio un form o un editor. Firma e invia gli stessi byte.",
  ],
  payload_trimmed: [
    "Il token corrisponde al corpo senza gli spazi e le interruzioni di riga iniziali e finali.",
    "Non va rimosso nulla: verifica il corpo grezzo.",
  ],
  payload_bom_added: [
    "Il token corrisponde al corpo preceduto da un byte-order mark.",
    "Il file che è stato firmato inizia con un byte-order mark. Salvalo in UTF-8 senza BOM.",
  ],
  payload_bom_removed: [
    "Il token corrisponde al corpo senza il byte-order mark iniziale.",
    "Qualcosa ha rimosso il byte-order mark, per esempio il metodo text() di una richiesta. Verifica i byte grezzi.",
  ],
  payload_latin1: [
    "Il token corrisponde al corpo in Latin-1 o in un charset simile.",
    "Calcola l'hash del corpo in UTF-8, non di un byte per ogni carattere.",
  ],
  payload_mojibake: [
    "Il token corrisponde al corpo in UTF-8 letto in un altro charset, per esempio Latin-1, e codificato di nuovo.",
    "I byte sono stati scambiati per caratteri. Calcola l'hash dei byte grezzi.",
  ],
  payload_unquoted: [
    "Il token corrisponde al corpo senza le virgolette che lo racchiudono.",
    "Le virgolette sono state aggiunte da una shell, un form o del codice. Prendi il corpo senza.",
  ],
  payload_quoted: [
    "Il token corrisponde al corpo racchiuso tra virgolette.",
    "Una shell o un form ha rimosso le virgolette. Firma e invia gli stessi byte.",
  ],
  secret_other: [
    "Il token è stato calcolato con un altro dei segreti noti.",
    "Usa il segreto di questa sottoscrizione, oppure accetta entrambi i segreti durante la rotazione.",
  ],
  secret_trimmed: [
    "Il token è stato calcolato con il segreto senza gli spazi e le interruzioni di riga iniziali e finali.",
    "Il segreto usato qui ha spazi o interruzioni di riga all'inizio o alla fine, forse l'interruzione di riga finale di un file. Rimuovili.",
  ],
  secret_final_newline: [
    "Il token è stato calcolato con un'interruzione di riga dopo il segreto, o tra questo e il payload.",
    "Chi firma ha letto il segreto da un file insieme all'interruzione di riga finale. Rimuovila da quella parte, oppure impostala anche qui.",
  ],
  secret_unquoted: [
    "Il token è stato calcolato con il segreto senza le virgolette che lo racchiudono.",
    "Qui le virgolette sono diventate parte del segreto, per esempio in un file env. Rimuovile.",
  ],
  secret_quoted: [
    "Il token è stato calcolato con il segreto racchiuso tra virgolette.",
    "Dalla parte di chi firma le virgolette sono diventate parte del segreto, per esempio in un file env. Rimuovile.",
  ],
  secret_base64_decoded: [
    "Il token è stato calcolato con il segreto decodificato da base64.",
    "Decodificalo anche qui, come il valore di un Secret di Kubernetes, oppure non decodificarlo là.",
  ],
  secret_base64_encoded: [
    "Il token è stato calcolato con il segreto codificato in base64.",
    "Decodifica il segreto dalla parte di chi firma, come va fatto per esempio con un Secret di Kubernetes, oppure non decodificarlo qui.",
  ],
  secret_hex_decoded: [
    "Il token è stato calcolato con il segreto decodificato da cifre esadecimali.",
    "Il segreto si usa così com'è: non decodificarlo.",
  ],
  secret_hex_encoded: [
    "Il token è stato calcolato con il segreto scritto in cifre esadecimali.",
    "Usa il segreto stesso.",
  ],
  secret_url_decoded: [
    "Il token è stato calcolato con il segreto decodificato dal percent-encoding.",
    "Qui il segreto è ancora in percent-encoding. Decodificalo, oppure usalo così com'è da entrambe le parti.",
  ],
  secret_url_encoded: ["Il token è stato calcolato con il segreto in percent-encoding.", "Usa il segreto stesso."],
  secret_lower_case: [
    "Il token è stato calcolato con il segreto in minuscolo.",
    "In un segreto maiuscole e minuscole sono diverse.",
  ],
  secret_upper_case: [
    "Il token è stato calcolato con il segreto in maiuscolo.",
    "In un segreto maiuscole e minuscole sono diverse.",
  ],
  secret_placeholder: [
    'Il token è stato calcolato usando come segreto una parola che sta per un segreto mancante, per esempio "undefined" o "null".',
    "Dalla parte di chi firma una variabile mancante è diventata testo. Imposta la variabile.",
  ],
  secret_first: ["Il segreto precede il payload.", "Il segreto va in fondo: sha256(payload + segreto)."],
  secret_both_ends: [
    "Il segreto precede e segue il payload.",
    "Il segreto va in fondo, una sola volta: sha256(payload + segreto).",
  ],
  payload_only: [
    "L'hash è del solo payload: il token non dipende dal segreto, e chiunque può calcolarlo.",
    "Aggiungi in fondo il segreto: sha256(payload + segreto).",
  ],
  hmac: [
    "Il token è un HMAC con il segreto come chiave.",
    "I webhook della Console non usano HMAC: sha256(payload + segreto).",
  ],
  hmac_swapped: [
    "Il token è un HMAC con il payload come chiave.",
    "I webhook della Console non usano HMAC: sha256(payload + segreto).",
  ],
  separator: [
    "C'è un separatore tra payload e segreto.",
    "Aggiungi il segreto subito dopo il payload: sha256(payload + segreto).",
  ],
  hashed_twice: [
    "L'hash è stato calcolato una seconda volta, sul digest.",
    "Calcola l'hash una sola volta: sha256(payload + segreto).",
  ],
  payload_hashed_first: [
    "Il segreto è stato aggiunto al digest del payload, e non al payload.",
    "Calcola l'hash del payload stesso seguito dal segreto: sha256(payload + segreto).",
  ],
  md5: ["L'hash è MD5.", "Usa SHA-256."],
  sha1: ["L'hash è SHA-1.", "Usa SHA-256."],
  sha512: ["L'hash è SHA-512.", "Usa SHA-256."],
  token_base64: ["Il digest è scritto in base64.", "Scrivilo come 64 cifre esadecimali."],
  token_prefixed: [
    "Il digest ha un prefisso che non è accettato.",
    "Scrivi solo le cifre, oppure falle precedere da sha256= in minuscolo.",
  ],
  token_truncated: [
    "Il token è solo la parte iniziale del digest.",
    "Invia tutte le 64 cifre; cerca una colonna o un campo troppo corto.",
  ],
  token_spaced: ["Il digest ha spazi o interruzioni di riga all'inizio o alla fine.", "Invia solo le cifre."],
  token_quoted: ["Il digest è tra virgolette.", "Invia solo le cifre."],
  payload_digit_keys_first: [
    "Il token corrisponde al JSON in cui le chiavi che sono numeri interi vengono per prime, come le ordina JavaScript.",
    "Verifica il corpo grezzo: un oggetto letto con un parser e serializzato di nuovo è un altro testo.",
  ],
  payload_keys_reordered: [
    "Il token corrisponde al JSON con le chiavi nell'ordine di una tabella hash, come le scrivono org.json e json-simple di Java.",
    "Verifica il corpo grezzo: un oggetto letto con un parser e serializzato di nuovo è un altro testo.",
  ],
  payload_duplicates_dropped: [
    "Il token corrisponde al JSON in cui di più chiavi uguali resta solo l'ultima.",
    "Verifica il corpo grezzo: di due chiavi uguali un parser ne conserva una sola.",
  ],
  payload_numbers_rewritten: [
    "Il token corrisponde al JSON con i numeri come li scrive un altro linguaggio, per esempio 1 al posto di 1.0, o 1.0E21 al posto di 1e21.",
    "Verifica il corpo grezzo: un numero letto con un parser e serializzato di nuovo è spesso un altro testo.",
  ],
  payload_empty_objects_as_lists: [
    "Il token corrisponde al JSON con [] al posto di ogni oggetto vuoto, come lo scrive PHP.",
    "Verifica il corpo grezzo. Per firmare con PHP, decodifica gli oggetti come oggetti, oppure firma ciò che ha scritto.",
  ],
  payload_dotnet_escaped: [
    "Il token corrisponde al JSON con l'escape in maiuscolo di virgolette, apostrofi, <, >, &, + e di ogni carattere non ASCII, come lo scrive System.Text.Json di .NET.",
    "Verifica il corpo grezzo. Per firmare con .NET, usa JavaScriptEncoder.UnsafeRelaxedJsonEscaping, oppure firma ciò che ha scritto.",
  ],
  payload_escapes_rewritten: [
    "Il token corrisponde al JSON con altri escape per gli stessi caratteri.",
    "Verifica il corpo grezzo, prima di qualsiasi parser JSON.",
  ],
  payload_indented_otherwise: [
    "Il token corrisponde al JSON indentato come lo indentano Jackson di Java, Perl o Swift.",
    "Verifica il corpo grezzo, prima di qualsiasi parser JSON.",
  ],
  payload_inspected: [
    "Il token corrisponde al testo con cui un linguaggio mostra l'oggetto già letto dal parser, per esempio str() di Python o inspect di Ruby.",
    "L'hash è stato calcolato su un oggetto già letto dal parser, non sui byte del corpo. Calcola l'hash del corpo grezzo.",
  ],
  payload_bytes_shown: [
    "Il token corrisponde al testo con cui un linguaggio mostra i byte del corpo, per esempio b'...' o una lista di numeri.",
    "I byte sono diventati testo prima del calcolo dell'hash. Calcola l'hash dei byte stessi.",
  ],
  payload_value_name: [
    "Il token corrisponde a un testo che sta per un valore, per esempio [object Promise], undefined o Array.",
    "L'hash non è stato calcolato sul corpo. Attendi il corpo grezzo con await, e calcola l'hash dei suoi byte.",
  ],
  payload_empty_object: [
    "Il token corrisponde a {}, un oggetto vuoto.",
    "Quando è stato calcolato l'hash nessun parser aveva ancora letto il corpo, oppure una promise è stata serializzata in JSON. Calcola l'hash del corpo grezzo.",
  ],
  payload_piece: [
    "Il token corrisponde a un solo pezzo del corpo.",
    "Un corpo arriva a pezzi. Raccoglili tutti prima di calcolare l'hash, oppure aggiungili all'hash uno alla volta, in ordine.",
  ],
  payload_utf16: [
    "Il token corrisponde al corpo in UTF-16.",
    "Calcola l'hash dei byte UTF-8 del corpo: in .NET Encoding.UTF8, in Java StandardCharsets.UTF_8.",
  ],
  payload_characters_lost: [
    "Il token corrisponde al corpo con altri segni al posto dei caratteri non ASCII.",
    "Qualcosa ha letto o scritto il corpo in un charset che non ha quei caratteri. Calcola l'hash dei byte grezzi.",
  ],
  payload_normal_form: [
    "Il token corrisponde al corpo con gli accenti composti o scomposti (forme normali C e D di Unicode).",
    "Qualcosa ha normalizzato il testo. Firma e invia gli stessi byte.",
  ],
  payload_base64: [
    "Il token corrisponde al corpo codificato in base64.",
    "Decodifica il corpo prima di calcolarne l'hash: un gateway può consegnarlo in base64.",
  ],
  payload_hex: [
    "Il token corrisponde al corpo scritto in cifre esadecimali.",
    "Calcola l'hash dei byte del corpo, non delle loro cifre.",
  ],
  payload_percent_encoded: [
    "Il token corrisponde al corpo in percent-encoding, come in un form.",
    "Firma e invia il corpo così com'è, con il content type application/json.",
  ],
  payload_space_removed: [
    "Il token corrisponde al corpo senza nessuno spazio né interruzione di riga, nemmeno all'interno dei testi.",
    "Non modificare il corpo: calcola l'hash dei byte grezzi.",
  ],
  payload_lower_case: [
    "Il token corrisponde al corpo in minuscolo.",
    "Non modificare il corpo: calcola l'hash dei byte grezzi.",
  ],
  payload_end_added: [
    "Il token corrisponde al corpo con uno spazio, un byte zero o una riga vuota all'inizio o alla fine.",
    "Calcola l'hash esattamente dei byte del corpo, non uno di più né uno di meno.",
  ],
  payload_from_base64: [
    "Qui il payload è in base64, e il token corrisponde ai byte che rappresenta.",
    "Decodificalo prima: i gateway che impostano isBase64Encoded consegnano il corpo in base64.",
  ],
  payload_from_hex: [
    "Qui il payload è in cifre esadecimali, e il token corrisponde ai byte che rappresentano.",
    "Decodificale prima, oppure prendi il corpo grezzo.",
  ],
  payload_from_envelope: [
    "Qui il payload è un record che contiene il corpo, e il token corrisponde a quel corpo.",
    "Estrai il corpo dal record creato dal gateway o dalla coda, e verifica solo quello.",
  ],
  payload_from_escapes: [
    "Qui il payload è il corpo con gli escape, come lo mostra un log, del codice o una stringa JSON.",
    "Risolvi prima gli escape, oppure prendi il corpo grezzo.",
  ],
  payload_from_form: [
    "Qui il payload è un form, e il token corrisponde a un suo valore.",
    "Decodifica il form e verifica il valore, oppure invia il corpo come application/json.",
  ],
  payload_from_request: [
    "Qui il payload è un'intera richiesta, e il token corrisponde al suo corpo.",
    "Prendi solo ciò che segue la riga vuota, oppure incolla l'intera richiesta dove è prevista.",
  ],
  payload_from_text: [
    "Qui c'è altro testo intorno al JSON, e il token corrisponde al solo JSON.",
    "Prendi solo il JSON, dalla prima parentesi all'ultima.",
  ],
  payload_from_code: [
    "Qui il payload è un oggetto come lo mostra Python, Ruby o JavaScript, e il token corrisponde al suo JSON.",
    "Prendi il corpo grezzo, non l'oggetto già letto dal parser.",
  ],
  payload_from_bytes: [
    "Qui il payload è una lista di numeri, per esempio un Buffer, e il token corrisponde ai byte che rappresentano.",
    "Passa i byte stessi, non il testo che li mostra.",
  ],
  payload_from_entities: [
    "Qui il payload è scritto per l'HTML, con &quot; e simili, e il token corrisponde al testo stesso.",
    "Copia il testo che la pagina mostra, non il suo sorgente, oppure prendi il corpo grezzo.",
  ],
  payload_from_mojibake: [
    "Qui il payload era in UTF-8, ma qualcosa lo ha letto in un altro charset; il token corrisponde all'UTF-8.",
    "Leggi qui il corpo come UTF-8, oppure verifica i byte grezzi.",
  ],
  payload_from_latin1: [
    "Qui il payload non è in UTF-8 ma in un altro charset, per esempio Latin-1; il token corrisponde allo stesso testo in UTF-8.",
    "Da questa parte qualcosa ha scritto il testo in un altro charset. Verifica i byte grezzi.",
  ],
  payload_from_utf16: [
    "Qui il payload è in UTF-16; il token corrisponde allo stesso testo in UTF-8.",
    "Salva o passa il corpo in UTF-8: PowerShell e alcuni editor scrivono in UTF-16.",
  ],
  secret_without_invisible: [
    "Il token è stato calcolato con il segreto senza i suoi caratteri invisibili.",
    "Il segreto usato qui contiene un carattere che nessuno vede, per esempio un byte-order mark o uno spazio di larghezza zero. Riscrivilo.",
  ],
  secret_with_invisible: [
    "Il token è stato calcolato con un carattere invisibile accanto al segreto.",
    "Dalla parte di chi firma il segreto contiene un carattere che nessuno vede, per esempio un byte-order mark o un byte zero. Impostalo di nuovo da quella parte.",
  ],
  secret_from_line: [
    "Il segreto qui è una riga o un record intero, e il token è stato calcolato con il valore che contiene.",
    "Indica solo il valore: nessun nome prima e nulla dopo.",
  ],
  secret_with_line: [
    "Il token è stato calcolato con più del segreto: un nome prima, o un carattere dopo.",
    "Chi firma ha preso per segreto una riga intera di un file. Usa là solo il valore.",
  ],
  secret_spaced: [
    "Il token è stato calcolato con uno spazio accanto al segreto.",
    "Dalla parte di chi firma il segreto ha uno spazio prima o dopo. Rimuovilo da quella parte.",
  ],
  secret_unescaped: [
    "Il token è stato calcolato con il segreto dopo averne risolto gli escape, per esempio \\n o &amp;.",
    "Il segreto usato qui è scritto con gli escape. Inserisci i caratteri che rappresentano.",
  ],
  secret_escaped: [
    "Il token è stato calcolato con degli escape nel segreto, per esempio \\n in due caratteri.",
    "Chi firma non ha risolto gli escape nel segreto. Da quella parte scrivi i caratteri stessi.",
  ],
  secret_normal_form: [
    "Il token è stato calcolato con gli accenti del segreto composti o scomposti (forme normali C e D di Unicode).",
    "Scrivi il segreto nella forma normale C da entrambe le parti, oppure usa un segreto di caratteri ASCII.",
  ],
  secret_charset: [
    "Il token è stato calcolato con il segreto in un altro charset.",
    "Codifica il segreto in UTF-8 da entrambe le parti, oppure usa un segreto di caratteri ASCII.",
  ],
  secret_padding: [
    "Il token è stato calcolato con un altro numero di = alla fine del segreto.",
    "Copia l'intero segreto, con tutti gli = finali.",
  ],
  secret_expanded: [
    "Il token è stato calcolato con il segreto come lo ha cambiato una shell, un file env o un template.",
    "Lì caratteri come $, #, %, virgolette e barre rovesciate hanno un significato. Metti il segreto tra apici, o scegline uno di lettere e cifre.",
  ],
  secret_piece: [
    "Il token è stato calcolato con il segreto solo in parte.",
    "O è stato troncato dove si calcola il token, o qui alla fine c'è qualcosa che non ne fa parte.",
  ],
  token_zeros_lost: [
    "Il digest ha perso degli zeri iniziali.",
    'Scrivi ogni byte con due cifre: in Java String.format("%02x"), in JavaScript padStart(2, "0").',
  ],
  token_in_line: ["Il digest è in una riga con altro testo, come la scrive uno strumento.", "Invia solo le cifre."],
  token_separated: [
    "Ci sono segni tra le cifre, per esempio : o -.",
    "Scrivi 64 cifre esadecimali senza nulla in mezzo.",
  ],
  token_escaped: ["Il digest è scritto con gli escape, per esempio %3D.", "Invia le cifre così come sono."],
  token_invisible: [
    "Il token contiene caratteri invisibili.",
    "Invia solo le cifre. Forse sono state copiate da un documento.",
  ],
  token_numbers: ["Il digest è scritto come lista di numeri.", "Scrivilo come 64 cifre esadecimali."],
  token_hex_twice: [
    "Le cifre del digest sono state scritte ancora una volta in cifre esadecimali.",
    "Scrivilo in cifre esadecimali una sola volta.",
  ],
  payload_nulls_dropped: [
    "Il token corrisponde al JSON senza i campi che sono null, come li omette Gson.",
    "Verifica il corpo grezzo. Per firmare con Gson, usa serializeNulls(), oppure firma ciò che ha scritto.",
  ],
  payload_wrapped: [
    "Il token corrisponde al corpo dentro un altro oggetto, una lista o un form.",
    "Firma il corpo stesso, senza nulla intorno.",
  ],
  payload_from_document: [
    "Il payload qui è passato da un documento o da una chat, che ne ha cambiato virgolette o spazi; il token corrisponde a com'era prima.",
    "Copia il corpo grezzo da dove è arrivato, non da un documento o da una chat.",
  ],
  payload_from_lines: [
    "Nel payload qui sono state inserite interruzioni di riga, e il token corrisponde al payload senza.",
    "Copia il corpo grezzo da un file: i terminali e le mail spezzano le righe lunghe.",
  ],
  secret_from_document: [
    "Nel segreto una virgoletta, un trattino o uno spazio non è quello della tastiera: lo ha cambiato un documento o un telefono.",
    "Copia il segreto da dove è conservato, non da un documento o da una chat.",
  ],
  token_repeated: [
    "Il digest è scritto due volte.",
    "Invialo una volta sola. Forse un proxy ha unito due header con lo stesso nome.",
  ],
  token_no_digest: [
    "Il token non è composto da 64 cifre esadecimali, e non è un digest scritto in altro modo.",
    "Copia l'intero valore dell'header X-Mia-Token o X-Mia-Signature.",
  ],
  payload_missing: ["Manca il payload.", "Copia il corpo grezzo della richiesta."],
  payload_not_utf8: [
    "Il payload non è in UTF-8, come lo invia la Console.",
    "Cerca ciò che ha compresso o codificato il corpo, o ne ha cambiato il charset.",
  ],
  payload_replaced: [
    "Il payload contiene U+FFFD, che sta al posto di byte che non è stato possibile decodificare.",
    "Qualcosa ha letto i byte come testo e ne ha persi alcuni. Verifica i byte grezzi.",
  ],
  payload_not_json: [
    "Il payload non è JSON: la Console invia un oggetto.",
    "Forse è troncato, oppure è stato copiato altro. Copia l'intero corpo grezzo.",
  ],
  payload_formatted: [
    "Il payload è stato formattato per la lettura; la Console invia JSON senza spazi.",
    "Copia il corpo grezzo. Un visualizzatore può averne cambiato anche i numeri e gli escape, e questo non si può annullare.",
  ],
  payload_typographic: [
    "Il payload contiene spazi unificatori o di larghezza zero, oppure virgolette tipografiche.",
    "Forse è stato copiato da un documento. Copia il corpo grezzo.",
  ],
  payload_no_event: [
    "Il payload non è un evento: ogni evento è un oggetto con eventName, eventTimestamp e payload.",
    "Prendi l'intero corpo grezzo, così come è arrivato.",
  ],
  secret_missing: ["Non c'è nessun segreto.", "Inserisci il segreto della sottoscrizione."],
  secret_invisible: [
    "Il segreto contiene un carattere invisibile.",
    "Riscrivilo, oppure copialo da dove è conservato.",
  ],
  secret_of_another: [
    "Payload e token sembrano proprio come li invia la Console, quindi il segreto potrebbe essere di un'altra sottoscrizione.",
    "Confronta il segreto usato qui con quello di questa sottoscrizione nella Console, fino all'ultimo carattere.",
  ],
  token_of_another_hash: [
    "Il token non ha la lunghezza di SHA-256, che è di 64 cifre esadecimali.",
    "Cerca una cifra mancante, o un'altra funzione di hash: 32 cifre sono MD5, 40 SHA-1, 128 SHA-512.",
  ],
  payload_request: [
    "Il payload inizia come una richiesta o un comando, non come un corpo.",
    "Prendi solo il corpo, oppure incolla l'intera richiesta dove è prevista.",
  ],
  payload_compressed: [
    "Il payload inizia come dei dati compressi.",
    "Decomprimilo prima: il token corrisponde al corpo scritto dalla Console.",
  ],
  payload_cut_off: [
    "Il payload inizia come JSON e non finisce come JSON: manca la parte finale.",
    "Copia l'intero corpo grezzo. Terminali, log e database troncano le righe lunghe.",
  ],
  payload_envelope: [
    "Il payload è JSON, ma sembra il record di un gateway o di una coda che contiene la richiesta, non un evento.",
    "Estrai il corpo dal record: spesso è un testo di nome body, Body o Message, forse in base64.",
  ],
  payload_rounded: [
    "Il payload contiene un numero intero che probabilmente è stato arrotondato: supera 9007199254740991 e finisce con degli zeri.",
    "Un visualizzatore che legge il JSON con JavaScript perde delle cifre. Copia il corpo grezzo, prima di qualsiasi visualizzatore.",
  ],
  payload_rewritten: [
    "Il payload non è scritto come la Console scrive il JSON: gli escape, i numeri o le chiavi sono diversi.",
    "Qualcosa ha letto il corpo e lo ha scritto di nuovo. Verifica il corpo grezzo.",
  ],
  secret_template: [
    "Il segreto sembra un segnaposto che non è mai stato sostituito.",
    "Inserisci il segreto stesso: cerca dove la variabile andava impostata.",
  ],
  payload_masked: [
    "Un valore del payload è stato mascherato o abbreviato, come fanno i log.",
    "Ciò che manca non si può ritrovare. Copia il corpo grezzo, prima del log.",
  ],
  request_mixed: [
    "Il token potrebbe essere di un'altra richiesta.",
    "Prendi payload e token da una sola richiesta, acquisita per intero. Ogni evento ha il proprio token.",
  ],
  secret_unconfirmed: [
    "Qui nulla dice se il segreto è giusto.",
    "Confrontalo con quello di questa sottoscrizione nella Console, fino all'ultimo carattere.",
  ],
};

/** For a subscription. */
export const ISSUES_IT: Readonly<Record<IssueCode, Sentences>> = {
  json_malformed: ["Il testo non è JSON.", "Correggilo nel punto indicato."],
  too_large: ["È più grande di qualsiasi sottoscrizione.", "Verifica di aver fornito il testo giusto."],
  not_an_object: [
    "Una sottoscrizione è un oggetto con i campi eventName, target e secret.",
    "Fornisci un solo record, non una lista o una stringa.",
  ],
  field_missing: ["Manca un campo obbligatorio.", "Aggiungilo. eventName, target e secret sono obbligatori."],
  field_type: [
    "Il valore è del tipo sbagliato.",
    "Usa una stringa; eventName può essere anche una lista di stringhe, e proxy è un oggetto con un url. Al posto di null ometti il campo, ma non un id che dovrebbe esserci: senza, gli eventi sono di più.",
  ],
  field_duplicate: [
    "Il campo è presente più di una volta, e i parser non concordano su quale valga.",
    "Tienine uno solo.",
  ],
  field_misspelled: [
    "Questo campo non esiste, ma ne esiste uno con un nome quasi uguale.",
    "Correggi il nome: così com'è, il campo non ha effetto.",
  ],
  field_unknown: [
    "Questo campo non esiste; non ha effetto.",
    "Rimuovilo, a meno che dovesse limitare o fermare le consegne: in quel caso esprimilo in un altro modo.",
  ],
  id_blank: [
    "L'id è vuoto.",
    "Indica l'id. Senza il campo arrivano gli eventi di tutte le aziende e di tutti i progetti.",
  ],
  id_control_character: [
    "L'id contiene un carattere di controllo, come un'interruzione di riga o una tabulazione.",
    "Copia di nuovo l'id, senza ciò che lo circonda.",
  ],
  id_is_name: [
    "Sembra un nome da mostrare alle persone, non un id.",
    "Prendi l'id dalla Console; un filtro per nome non corrisponde a nessun evento.",
  ],
  id_shape: [
    "Nessun id della Console ha questa forma: un id ha al massimo 63 caratteri tra lettere, cifre, '-', '_' e '.', e inizia e finisce con una lettera o una cifra.",
    "Confrontalo con l'id nella Console, spazi iniziali e finali compresi.",
  ],
  event_name_blank: ["Non è indicato nessun evento.", "Indica l'evento da ascoltare, per esempio project_created."],
  event_name_misspelled: [
    "Il nome dell'evento non si scrive così.",
    "Scrivilo come fa la Console: in minuscolo, con gli underscore.",
  ],
  event_name_joined: ["Sono più nomi in un'unica stringa; non corrisponde a nessun evento.", "Usa una lista di nomi."],
  event_name_alias: [
    "È un altro nome di un evento; la documentazione della Console li usa entrambi.",
    "Preferisci il nome più recente, e fai in modo che il ricevitore accetti entrambi.",
  ],
  event_name_legacy: [
    "Solo le vecchie versioni della Console inviano questo evento.",
    "Dalla Console 12.3 in poi, ascolta l'evento più recente.",
  ],
  event_name_unknown: [
    "La documentazione della Console non riporta nessun evento con questo nome.",
    "Verifica come è scritto. Se la tua Console ha questo evento, non c'è nessun problema.",
  ],
  event_name_duplicate: ["L'evento è elencato più di una volta.", "Tienine uno solo."],
  url_malformed: ["Non è un URL assoluto.", "Indica l'indirizzo completo, per esempio https://example.org/webhook."],
  url_too_long: ["L'URL è più lungo di 8192 byte.", "Usa un indirizzo più corto."],
  url_white_space: [
    "L'URL contiene uno spazio, un'interruzione di riga o un carattere di controllo.",
    "Rimuovilo, oppure scrivi %20 dove serve uno spazio.",
  ],
  url_scheme: ["Lo schema dell'URL non è né https né http.", "Fallo iniziare con https://."],
  url_host_missing: [
    "L'URL non indica nessun host.",
    "Scrivi l'host dopo le due barre, per esempio https://example.org/webhook.",
  ],
  url_credentials: [
    "L'URL contiene un nome utente o una password: chi vede il record può leggerli.",
    "Rimuovili; è il token a provare chi ha inviato un evento.",
  ],
  url_fragment: ["La parte dopo # non viene mai inviata.", "Rimuovila, oppure scrivi %23 dove serve quel carattere."],
  url_plain_http: ["Senza TLS chiunque si trovi lungo il percorso può leggere il corpo.", "Usa https."],
  url_loopback: [
    "È la macchina stessa del mittente: la Console chiamerebbe sé stessa.",
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
    "Preferisci un proxy che riconosca la Console dal suo indirizzo.",
  ],
  certificate_encoding: [
    "Non è né base64 né un certificato in formato PEM.",
    "Fornisci il certificato dell'autorità di certificazione come base64 del suo file PEM.",
  ],
  certificate_malformed: [
    "Il contenuto non è un certificato X.509.",
    "Controlla il file con: openssl x509 -in ca.pem -noout -text",
  ],
  certificate_private_key: [
    "Contiene una chiave privata. Chi vede il record ora la possiede.",
    "Sostituisci la chiave, e fornisci solo il certificato.",
  ],
  certificate_trailing_data: [
    "Il certificato è seguito da byte che non sono un certificato.",
    "Esporta di nuovo il certificato.",
  ],
  certificate_expired: [
    "Il certificato è scaduto: la Console non può fidarsi della destinazione.",
    "Fornisci il certificato che lo ha sostituito.",
  ],
  certificate_not_yet_valid: [
    "Il certificato non è ancora valido.",
    "Attendi, oppure correggi l'orologio della macchina che lo ha generato.",
  ],
  certificate_not_authority: [
    "Non è il certificato di un'autorità di certificazione.",
    "Fornisci il certificato dell'autorità che ha firmato quello della destinazione, non quello della destinazione stessa.",
  ],
  certificate_several: [
    "Sono più certificati; ognuno di essi è considerato attendibile.",
    "Tieni quello dell'autorità che ha firmato il certificato della destinazione.",
  ],
  certificate_surroundings: [
    "Intorno al certificato c'è del testo, che viene ignorato.",
    "Tieni ciò che va da BEGIN CERTIFICATE a END CERTIFICATE.",
  ],
  certificate_unused: [
    "La destinazione è http, quindi nessun certificato viene controllato.",
    "Usa una destinazione https, oppure ometti base64CA.",
  ],
  secret_empty: ["Il segreto è vuoto: chiunque potrebbe firmare.", "Usa un segreto di almeno 32 byte casuali."],
  secret_blank: ["Il segreto contiene solo spazi o interruzioni di riga.", "Usa un segreto di almeno 32 byte casuali."],
  secret_placeholder: ["Il segreto è un segnaposto che non è mai stato sostituito.", "Imposta la variabile prevista."],
  secret_too_long: ["Il segreto è più lungo di 4096 byte.", "Verifica che sia stato letto il file giusto."],
  secret_final_newline: [
    "Il segreto termina con un'interruzione di riga, molto probabilmente quella del file da cui è stato letto. Conta: un ricevitore con un segreto che ne è privo rifiuta ogni evento.",
    "Rimuovila da entrambe le parti.",
  ],
  secret_outer_space: [
    "Il segreto inizia o termina con spazi o interruzioni di riga. Contano, e si perdono facilmente.",
    "Rimuovili da entrambe le parti.",
  ],
  secret_quoted: [
    "Il segreto è racchiuso tra virgolette. Contano, e si perdono facilmente.",
    "Rimuovile da entrambe le parti.",
  ],
  secret_very_short: [
    "Il segreto è più corto di 16 byte. L'hash è veloce da calcolare: da una sola consegna intercettata chiunque può ricavare offline un segreto simile, e poi firmare eventi propri.",
    "Sostituiscilo subito, con almeno 32 byte casuali.",
  ],
  secret_short: [
    "Il segreto è più corto di 32 byte. Da una sola consegna intercettata chiunque può provare a indovinarlo offline, alla velocità che l'hardware consente.",
    "Usa almeno 32 byte casuali.",
  ],
  secret_monotonous: [
    "Il segreto ha pochi caratteri diversi, oppure si ripete. Da una sola consegna intercettata chiunque può provare a indovinarlo offline.",
    "Usa almeno 32 byte casuali.",
  ],
  secret_common: [
    "Il segreto è una parola comune, o una presa dalla documentazione. Chi prova a indovinarlo offline inizia da parole come queste.",
    "Usa almeno 32 byte casuali.",
  ],
  placeholder: [
    "Un segnaposto non è stato sostituito.",
    "Metti al suo posto il valore vero, oppure imposta la variabile che dovrebbe sostituirlo.",
  ],
  placeholder_likely: [
    "Sembra un segnaposto che nessuno ha sostituito, o un valore troncato o mascherato.",
    "Metti al suo posto il valore vero. Se è quello vero, va tutto bene.",
  ],
  invisible_character: [
    "Il valore contiene un carattere invisibile, come uno spazio di larghezza zero o un byte order mark.",
    "Scrivi il valore a mano invece di copiarlo.",
  ],
  value_assignment: [
    "È una riga intera di un file o di uno script, non il solo valore.",
    "Indica solo il valore, che sta dopo il nome.",
  ],
  value_quoted: ["Il valore è tra virgolette, apici o parentesi.", "Rimuovili."],
  value_escaped: [
    "Il valore contiene una sequenza di escape scritta per esteso, come una barra rovesciata e una n.",
    "Indica il valore com'era prima di essere scritto nel codice o nel JSON.",
  ],
  value_punctuated: [
    "Il valore finisce con una virgola o un punto e virgola, probabilmente copiati con esso.",
    "Rimuovili, a meno che facciano parte del valore.",
  ],
  secret_invisible: [
    "Il segreto contiene un carattere invisibile, come uno spazio di larghezza zero o un byte order mark. Conta, ma si perde facilmente.",
    "Rimuovilo da entrambe le parti.",
  ],
  secret_assignment: [
    "È una riga intera di un file, di uno script o di una richiesta, non il solo segreto.",
    "Da entrambe le parti, indica solo il segreto, che sta dopo il nome.",
  ],
  secret_escaped: [
    "Il segreto contiene una sequenza di escape scritta per esteso, come una barra rovesciata e una n. Contano entrambi i caratteri; l'altra parte può leggerli come un'interruzione di riga.",
    "Rimuovila da entrambe le parti, a meno che faccia parte del segreto.",
  ],
  url_scheme_twice: ["L'URL ha lo schema due volte.", "Lascia un solo https:// all'inizio."],
  url_scheme_misspelled: [
    "L'inizio dell'URL è scritto male.",
    "Inizia l'URL con https://: cinque lettere, due punti e due barre.",
  ],
  url_scheme_missing: ["L'URL inizia con l'host: manca lo schema.", "Scrivi https:// prima dell'host."],
  certificate_escaped: [
    "Le interruzioni di riga sono scritte per esteso, come barra rovesciata e n.",
    "Indica il base64 del file: openssl base64 -A -in ca.pem",
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
    "Scrivilo senza: openssl x509 -in FILE -out ca.pem",
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
    "Questo campo non esiste; un altro ha questo significato.",
    "Rinominalo: così com'è, non ha effetto.",
  ],
  field_filter: [
    "Questo campo non esiste, e sembra che debba limitare gli eventi consegnati: senza, gli eventi sono di più.",
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
  record_wrapped: ["Il record è dentro questo campo.", "Fornisci il solo record, senza ciò che lo circonda."],
};

/** Of the codes of deliveries, the page can show those of its fields and of its modules. */
type ShownCode = Extract<Code, `secret_${string}` | `token_${string}` | `engine_${string}`>;

/** For secrets and tokens that cannot be used: summary and hint. */
export const CODES_IT: Readonly<Record<ShownCode, Sentences> & Partial<Record<string, Sentences>>> = {
  token_missing: [
    "La richiesta non ha nessun header con il token.",
    "Verifica che la sottoscrizione abbia un segreto e che nessun proxy rimuova X-Mia-Token o X-Mia-Signature.",
  ],
  token_malformed: [
    "Un header del token non contiene 64 cifre esadecimali, con il prefisso facoltativo sha256=.",
    "Era vuoto, inviato due volte o alterato. Controlla i proxy davanti a questo ricevitore.",
  ],
  token_mismatch: [
    "Il token non corrisponde a questo payload con nessuno dei segreti.",
    "La richiesta è contraffatta, oppure il segreto non è quello della Console (cerca un'interruzione di riga finale nel file del segreto), oppure qualcosa ha modificato il corpo prima del calcolo dell'hash.",
  ],
  secret_missing: [
    "Nessun segreto è configurato.",
    "Imposta il segreto della sottoscrizione. Senza, non si può verificare nulla.",
  ],
  secret_empty: [
    "Un segreto è vuoto.",
    "La variabile o il file che lo contiene esiste ma è vuoto. Con un segreto vuoto chiunque potrebbe firmare.",
  ],
  secret_placeholder: [
    'Un segreto è il testo "undefined" o "null".',
    "Una variabile mancante è diventata testo lungo il percorso. Imposta la variabile.",
  ],
  secret_too_long: ["Un segreto è più lungo di 4096 byte.", "Verifica che sia stato letto il file giusto."],
  secret_too_many: ["Ci sono più di 8 segreti.", "Tieni quello attuale e quelli in corso di sostituzione."],
  secret_suffix: [
    "Un segreto termina con un altro.",
    "Con una coppia simile due payload condividono lo stesso token. Rimuovi il segreto ripetuto, oppure scegline uno che non abbia relazione con l'altro.",
  ],
  engine_unavailable: [
    "Non è stato possibile usare il modulo WebAssembly.",
    "La policy di una pagina deve avere 'wasm-unsafe-eval' in script-src; un runtime edge richiede la propria condizione di export (workerd, edge-light).",
  ],
};
