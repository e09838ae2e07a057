/** The codes that only a receiver shows, in Italian. The English ones are in the tables in Rust. */

import type { Code } from "mia-webhooks";

type ReceiverCode = Exclude<Code, `secret_${string}` | `token_${string}` | `engine_${string}`>;

export const RECEIVER_CODES_IT: Readonly<Record<ReceiverCode, readonly [message: string, fix: string]>> = {
  accepted: ["L'evento è autentico ed è stato consegnato.", ""],
  unhandled: [
    "L'evento è autentico, ma nessun handler è registrato per il suo nome.",
    'Registra un handler per questo eventName, oppure uno per "*".',
  ],
  method_not_allowed: [
    "La richiesta non è una POST.",
    "Non è la Console a chiamare, oppure un redirect ha trasformato la sua POST in una GET.",
  ],
  path_unknown: [
    "Per questo percorso non è configurata nessuna sottoscrizione.",
    "Confronta il target della sottoscrizione nella Console con i percorsi di questo ricevitore.",
  ],
  payload_too_large: ["Il payload supera il limite.", "Aumenta maxBytes se gli eventi autentici sono così grandi."],
  payload_encoded: [
    "La richiesta ha un header Content-Encoding.",
    "Disattiva la compressione delle richieste nei proxy.",
  ],
  payload_consumed: [
    "Il corpo della richiesta era già stato letto.",
    "L'ha letto un middleware. Prima verifica, poi passa il payload verificato.",
  ],
  payload_interrupted: [
    "Il corpo della richiesta si è interrotto.",
    "La connessione si è chiusa troppo presto. Il mittente deve consegnare di nuovo.",
  ],
  payload_timeout: [
    "Il corpo della richiesta non è arrivato in tempo.",
    "Il mittente o un proxy è lento, oppure bodyTimeoutMs è troppo breve.",
  ],
  event_malformed: [
    "Il payload è verificato, ma non è un evento.",
    "Chi lo ha inviato conosce il segreto. Leggi il motivo nel log.",
  ],
  event_out_of_scope: [
    "L'evento è autentico, ma fuori dall'ambito di questa sottoscrizione.",
    "Confronta tenantId, projectId ed eventName della sottoscrizione nella Console con quelli di questo ricevitore.",
  ],
  origin_refused: [
    "L'evento è stato inoltrato, e l'origine ha risposto con uno stato diverso da 2xx.",
    "Leggi il log dell'origine. Il suo stato è stato restituito alla Console.",
  ],
  origin_unreachable: [
    "L'origine non è raggiungibile.",
    "Controlla l'indirizzo e il certificato dell'origine, e che sia in esecuzione. L'errore è nel campo detail del log, oppure l'ha ricevuto onResult.",
  ],
  origin_timeout: [
    "L'origine non ha risposto in tempo.",
    "Fai rispondere subito l'origine e rimanda il lavoro a dopo, oppure aumenta originTimeoutMs.",
  ],
  handler_failed: [
    "L'handler ha lanciato un errore.",
    "Leggi l'errore: è nel campo detail del log, oppure l'ha ricevuto onResult. L'evento non è stato confermato.",
  ],
  configuration_invalid: [
    "Il ricevitore non è configurato correttamente.",
    "Leggi il messaggio dell'errore: indica l'impostazione.",
  ],
  event_duplicate: [
    "L'evento era già stato consegnato. È stato confermato, ma non consegnato di nuovo.",
    "Non serve fare nulla: il mittente ha riprovato, oppure qualcuno ha ripetuto la richiesta.",
  ],
  event_in_progress: [
    "È in corso un'altra consegna dello stesso evento.",
    "Non serve fare nulla: un nuovo tentativo passa se quella consegna fallisce o se la sua prenotazione scade.",
  ],
  event_stale: [
    "L'evento è più vecchio di quanto ricorda la protezione dai replay.",
    "È un replay, oppure è arrivato troppo tardi. Aumenta windowMs o cap se gli eventi autentici arrivano così tardi.",
  ],
  event_from_future: [
    "eventTimestamp è troppo avanti nel futuro.",
    "Confronta l'orologio della Console con quello di questo ricevitore, oppure aumenta maxSkewMs.",
  ],
  event_expired: [
    "L'evento è più vecchio di maxAgeMs.",
    "Aumenta maxAgeMs se gli eventi autentici arrivano così tardi.",
  ],
  replay_store_unreachable: [
    "La protezione dai replay non ha raggiunto il suo archivio, quindi l'evento non è passato.",
    "Leggi l'errore (nel campo detail del log, o ricevuto da onResult) e controlla l'archivio. Con failOpen gli eventi passano senza protezione.",
  ],
  commit_failed: [
    "L'evento è stato consegnato, ma la protezione dai replay non ha potuto registrarlo.",
    "Controlla l'archivio. Fino alla scadenza della prenotazione l'evento è trattenuto; dopo, un suo replay passerebbe una volta.",
  ],
  claim_lost: [
    "L'evento è stato consegnato, ma la sua prenotazione era ormai scaduta e poteva iniziare un'altra consegna.",
    "L'evento può essere stato consegnato due volte. Porta leaseMs oltre il tempo massimo che impiega l'origine o l'handler. Dopo un riavvio dell'archivio può anche essere andata persa la risposta a un commit riuscito.",
  ],
  unexpected_error: [
    "Il ricevitore ha incontrato un errore imprevisto.",
    "Leggi l'errore (nel campo detail del log, o ricevuto da onResult). L'evento non è stato confermato. Se l'errore viene da questo pacchetto, e non dal tuo codice o dal tuo archivio, segnalalo.",
  ],
  request_malformed: [
    "L'indirizzo della richiesta non è leggibile.",
    "L'header Host o il percorso è rovinato, oppure chi ha creato la Request non le ha dato un indirizzo assoluto. La Console non invia né l'uno né l'altro.",
  ],
  receiver_overloaded: [
    "I corpi di altre richieste occupano tutta la memoria che il ricevitore può usare per loro.",
    "Qualcuno tiene aperte molte richieste, oppure l'origine è lenta. I corpi arrivati per primi sono rifiutati per primi. Aumenta maxBufferedBytes se sono rifiutati eventi autentici.",
  ],
  origin_answer_invalid: [
    "L'origine ha risposto con qualcosa che non è una risposta HTTP finale.",
    "Il suo stato deve essere tra 200 e 599. Per un webhook un'origine non deve cambiare protocollo.",
  ],
  authorized: ["L'evento è autentico, e il gateway che ha chiesto può inoltrarlo.", ""],
  secrets_unavailable: [
    "La funzione o il file che contiene i segreti non li ha forniti.",
    "Leggi l'errore ricevuto da onResult. Al mittente è stato detto di riprovare, e una richiesta successiva li chiede di nuovo.",
  ],
};
