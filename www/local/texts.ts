/** What the panel of the local receiver says, in every language. */

import type { Texts } from "../texts/texts.js";

export const LOCAL_TEXTS = {
  localTitle: ["Try the local receiver", "Prova il ricevitore locale"],
  localHint: [
    "Each button sends one request, signed with the demo secret. It carries the payload of the field, or a sample event if the field is empty. A genuine event gets the current time, so that it counts as new.",
    "Ogni pulsante invia una richiesta, firmata con il segreto dimostrativo. Contiene il payload del campo, o un evento di esempio se il campo è vuoto. Un evento autentico riceve l'ora attuale, così conta come nuovo.",
  ],
  localGood: ["Genuine", "Autentiche"],
  localWrong: ["To be refused", "Da rifiutare"],
  localGenuine: ["Genuine event", "Evento autentico"],
  localAgain: ["The same again", "Ripeti la stessa"],
  localWrongToken: ["Wrong token", "Token errato"],
  localNoToken: ["No token", "Senza token"],
  localChanged: ["Changed body", "Corpo modificato"],
  localReformatted: ["Reformatted body", "Corpo riformattato"],
  localLineBreak: ["Secret with a line break", "Segreto con un a capo"],
  localOld: ["Event of 8 days ago", "Evento di 8 giorni fa"],
  localUnreachable: [
    "No answer. Is cargo xtask start still running? Start it again, and this page continues.",
    "Nessuna risposta. cargo xtask start è ancora in esecuzione? Avvialo di nuovo, e questa pagina riprende.",
  ],
  localDelivered: ["Delivered to your service: {n}", "Consegnati al tuo servizio: {n}"],
  localTimeline: ["What the receiver did", "Che cosa ha fatto il ricevitore"],
  localNothing: [
    "Nothing yet. Press a button, or send a request with curl: it appears here too.",
    "Ancora nulla. Premi un pulsante, oppure invia una richiesta con curl: compare anche quella.",
  ],
  localOutside: ["{method} from outside this page", "{method} da fuori di questa pagina"],
  localOtherVisit: ["From another visit to this page", "Da un'altra visita a questa pagina"],
  localAccepted: ["Genuine, and delivered to your service.", "Autentica, e consegnata al tuo servizio."],
  localDuplicate: ["Delivered before; not delivered again.", "Già consegnata; non consegnata di nuovo."],
  localDuplicateTodo: [
    "Nothing to do: the sender may retry, and 200 tells it to stop.",
    "Non serve fare nulla: il mittente può riprovare, e 200 gli dice di smettere.",
  ],
  localNoLog: ["The receiver did not say why.", "Il ricevitore non ha detto perché."],
  localNoLogTodo: [
    "Look at the terminal in which cargo xtask start runs.",
    "Guarda il terminale in cui è in esecuzione cargo xtask start.",
  ],
  localWhy: ["Why?", "Perché?"],
  localDetails: ["Request, answer and log", "Richiesta, risposta e log"],
  localLogOnly: ["What was logged", "Che cosa è stato scritto nel log"],
  localLog: ["Log", "Log"],
  localLogHint: ["only you see it", "lo vedi solo tu"],
  localRequest: ["Request", "Richiesta"],
  localAnswer: ["Answer", "Risposta"],
  localAnswerHint: ["all that the sender sees", "tutto ciò che vede il mittente"],
} as const satisfies Texts;
