/* phrase_answers - what kept answers to the owner's words, and tells them of, in the languages of the shipped templates
 *
 * Law:     the English is what the code says, as a format; the others have the same places in the same order. What is not
 *          here is said in English.
 * Tests:   tests/phrase.c, tests/said.c
 */
#ifndef KEPT_LETTERS_PHRASE_ANSWERS_H
#define KEPT_LETTERS_PHRASE_ANSWERS_H

#define ANSWERS(X) \
	/* states */ \
	X("open", "offen", "ouverte", "abierta") \
	X("waiting", "wartend", "en attente", "en espera") \
	X("delivered", "geliefert", "livrée", "entregada") \
	X("kept", "erfüllt", "tenue", "cumplida") \
	X("cancelled", "abgesagt", "annulée", "cancelada") \
	/* done */ \
	X("Done", "Erledigt", "Fait", "Hecho") \
	X("done, and closed%s.%s", "erledigt und abgeschlossen%s.%s", "fait, et clos%s.%s", "hecho y cerrado%s.%s") \
	X("Done, the next one %s", "Erledigt, das nächste %s", "Fait, la suivante %s", "Hecho, el siguiente %s") \
	X("done%s. It comes again: the next one is due %s.%s", \
	  "erledigt%s. Es kommt wieder: das nächste ist fällig %s.%s", \
	  "fait%s. La promesse revient : la prochaine échéance est %s.%s", \
	  "hecho%s. Se repite: el siguiente vence el %s.%s") \
	X("Delivered", "Geliefert", "Livré", "Entregado") \
	X("delivered%s. I prepare a question whether it helped, for your word, and close it then. " \
	  "To close it now, answer `done %lld`%s.%s", \
	  "geliefert%s. Ich bereite die Frage vor, ob es geholfen hat, auf Ihr Wort hin, und " \
	  "schließe es dann ab. Um es jetzt abzuschließen, antworten Sie `done %lld`%s.%s", \
	  "livré%s. Je prépare, pour votre accord, une question pour savoir si cela a aidé, puis " \
	  "je clos. Pour clore dès maintenant, répondez `done %lld`%s.%s", \
	  "entregado%s. Preparo, a la espera de su palabra, la pregunta de si ha servido, y " \
	  "entonces lo cierro. Para cerrarlo ya, responda `done %lld`%s.%s") \
	X(" again", " noch einmal", " encore une fois", " otra vez") \
	X(" Note: “%s”", " Notiz: „%s“", " Note : « %s »", " Nota: «%s»") \
	X("it is %s already; nothing was changed.", "es ist schon %s; nichts wurde geändert.", \
	  "elle est déjà %s ; rien n’a été changé.", "ya está %s; no se cambió nada.") \
	/* cancel, snooze, wait, due */ \
	X("Called off", "Abgesagt", "Annulé", "Cancelado") \
	X("called off.%s", "abgesagt.%s", "annulé.%s", "cancelado.%s") \
	X("Waiting until %s", "Wartet bis %s", "En attente jusqu’au %s", "En espera hasta el %s") \
	X("Next reminder %s", "Nächste Erinnerung %s", "Prochain rappel %s", "Próximo recordatorio %s") \
	X("it is their turn; I will ask again %s%s.", "die anderen sind am Zug; ich frage wieder nach: %s%s.", \
	  "c’est à eux de jouer ; je redemanderai %s%s.", "les toca a ellos; volveré a preguntar el %s%s.") \
	X("I will remind you again %s%s.", "ich erinnere Sie wieder: %s%s.", "je vous le rappellerai %s%s.", \
	  "se lo recordaré el %s%s.") \
	X(", when it is due", ", wenn es fällig ist", ", à l’échéance", ", cuando vence") \
	X("; it is still due that day at %02d:%02d", "; fällig ist es weiterhin an diesem Tag um %02d:%02d", \
	  " ; l’échéance reste ce jour-là à %02d:%02d", "; sigue venciendo ese día a las %02d:%02d") \
	X("; it is still due %s", "; fällig ist es weiterhin %s", " ; l’échéance reste %s", "; sigue venciendo el %s") \
	X("Due %s, as before", "Fällig %s, wie bisher", "Échéance %s, comme avant", "Vence %s, como antes") \
	X("it is due %s, as before.", "es ist fällig %s, wie bisher.", "l’échéance est %s, comme avant.", \
	  "vence el %s, como antes.") \
	X("Moved to %s", "Verschoben auf %s", "Reporté : %s", "Pasa al %s") \
	X("it is due %s now.", "es ist jetzt fällig %s.", "l’échéance est maintenant %s.", "ahora vence el %s.") \
	/* every, note, what, who */ \
	X("Comes again", "Kommt wieder", "Revient", "Se repite") \
	X("it comes again, %s.", "es kommt wieder, %s.", "la promesse revient, %s.", "se repite, %s.") \
	X("Your note", "Ihre Notiz", "Votre note", "Su nota") \
	X("noted.%s", "notiert.%s", "noté.%s", "anotado.%s") \
	X("Other words", "Andere Worte", "Autres mots", "Otras palabras") \
	X("so it reads now.", "so heißt es jetzt.", "c’est maintenant formulé ainsi.", "ahora dice así.") \
	X("For %s", "Für %s", "Pour %s", "Para %s") \
	X("it was promised to %s.", "es war %s versprochen.", "c’était promis à %s.", "se le prometió a %s.") \
	X("'%s' is no mail address; nothing was changed.", "„%s“ ist keine Mailadresse; nichts wurde geändert.", \
	  "« %s » n’est pas une adresse ; rien n’a été changé.", \
	  "«%s» no es una dirección de correo; no se cambió nada.") \
	/* what was sent, looked for, or is not kept back */ \
	X("it was not sent: kept has no account of yours to send by. Send it from your own mail program with " \
	  "the link in that mail; or set up a submission whose `owner` you are (kept.conf(5)).", \
	  "sie ging nicht hinaus: kept hat kein Konto von Ihnen, um sie zu senden. Senden Sie sie aus Ihrem " \
	  "eigenen Mailprogramm mit dem Link in jener Mail; oder richten Sie eine submission ein, deren " \
	  "`owner` Sie sind (kept.conf(5)).", \
	  "il n’est pas parti : kept n’a aucun compte de vous pour l’envoyer. Envoyez-le depuis votre propre " \
	  "messagerie avec le lien de ce message ; ou configurez une submission dont vous êtes `owner` " \
	  "(kept.conf(5)).", \
	  "no se envió: kept no tiene ninguna cuenta suya para enviarlo. Envíelo desde su propio programa de " \
	  "correo con el enlace de ese mensaje; o configure una submission de la que usted sea `owner` " \
	  "(kept.conf(5)).") \
	X("%s leaves %s. To stop it before that, answer `%s`.", \
	  "%s geht hinaus: %s. Um es vorher anzuhalten, antworten Sie `%s`.", \
	  "%s part %s. Pour l’arrêter avant, répondez `%s`.", \
	  "%s sale el %s. Para detenerlo antes, responda `%s`.") \
	X("%s leaves %s, since %s. To stop it before that, answer `%s`.", \
	  "%s geht hinaus: %s. Der Grund: %s. Um es vorher anzuhalten, antworten Sie `%s`.", \
	  "%s part %s. La raison : %s. Pour l’arrêter avant, répondez `%s`.", \
	  "%s sale el %s. El motivo: %s. Para detenerlo antes, responda `%s`.") \
	X("it was not written: %s", \
	  "sie wurde nicht geschrieben: %s", \
	  "il n’a pas été écrit : %s", \
	  "no se escribió: %s") \
	X("\\#%lld: there is no such promise of yours; nothing was done.", \
	  "\\#%lld: ein solches Versprechen haben Sie nicht; nichts wurde getan.", \
	  "\\#%lld : vous n’avez pas de telle promesse ; rien n’a été fait.", \
	  "\\#%lld: no tiene esa promesa; no se hizo nada.") \
	X("nothing of it is kept back; nothing was changed.", \
	  "nichts davon wird zurückgehalten; nichts wurde geändert.", \
	  "rien n’en est retenu ; rien n’a été changé.", \
	  "nada de ello está retenido; no se cambió nada.") \
	X("nothing that I prepare for them is kept back by that any more; nothing was changed.", \
	  "nichts, was ich für diese Person vorbereite, wird dadurch noch zurückgehalten; nichts wurde " \
	  "geändert.", \
	  "rien de ce que je prépare pour cette personne n’est plus retenu par cela ; rien n’a été changé.", \
	  "nada de lo que preparo para esta persona sigue retenido por eso; no se cambió nada.") \
	X("'%s' does not say how often; as `every 2 weeks`", \
	  "„%s“ sagt nicht, wie oft; so geht es: `every 2 weeks`", \
	  "« %s » ne dit pas à quelle fréquence ; comme `every 2 weeks`", \
	  "«%s» no dice cada cuánto; como `every 2 weeks`") \
	X("Is that right? For %s", \
	  "Ist das richtig? Für %s", \
	  "Est-ce bien cela ? Pour %s", \
	  "¿Es correcto? Para %s") \
	X("%s Is that right? If not, `who` and the right one.", \
	  "%s Ist das richtig? Wenn nicht: `who` und die richtige.", \
	  "%s Est-ce bien cela ? Sinon, `who` et la bonne.", \
	  "%s ¿Es correcto? Si no, `who` y la correcta.") \
	X("Noted for %s", \
	  "Notiert für %s", \
	  "Noté pour %s", \
	  "Anotado para el %s") \
	X("it is a promise, due %s.", \
	  "es ist ein Versprechen, fällig %s.", \
	  "c’est une promesse, échéance %s.", \
	  "es una promesa, vence el %s.") \
	X("`+done`: nothing was closed, for I know of no promise in this conversation. I looked for the one " \
	  "that “%s” belongs to.", \
	  "`+done`: nichts wurde abgeschlossen, denn in diesem Gespräch kenne ich kein Versprechen. Gesucht " \
	  "habe ich das, zu dem „%s“ gehört.", \
	  "`+done` : rien n’a été clos, car je ne connais aucune promesse dans cette conversation. J’ai " \
	  "cherché celle à laquelle « %s » se rapporte.", \
	  "`+done`: no se cerró nada, pues no conozco ninguna promesa en esta conversación. Busqué la que " \
	  "corresponde a «%s».") \
	X("`+done`: nothing was closed, for I know of no promise in this conversation. I looked for the one " \
	  "that “%s” to %s belongs to.", \
	  "`+done`: nichts wurde abgeschlossen, denn in diesem Gespräch kenne ich kein Versprechen. Gesucht " \
	  "habe ich das, zu dem „%s“ an %s gehört.", \
	  "`+done` : rien n’a été clos, car je ne connais aucune promesse dans cette conversation. J’ai " \
	  "cherché celle à laquelle « %s » à %s se rapporte.", \
	  "`+done`: no se cerró nada, pues no conozco ninguna promesa en esta conversación. Busqué la que " \
	  "corresponde a «%s» a %s.") \
	X("your mail", \
	  "Ihre Mail", \
	  "votre message", \
	  "su mensaje") \
	X("Which promise is done?", \
	  "Welches Versprechen ist erfüllt?", \
	  "Quelle promesse est tenue ?", \
	  "¿Qué promesa está cumplida?") \
	X("Nothing was closed", \
	  "Nichts wurde abgeschlossen", \
	  "Rien n’a été clos", \
	  "No se cerró nada") \
	X("nothing else of yours stands open.", \
	  "sonst ist von Ihnen nichts offen.", \
	  "rien d’autre de vous n’est ouvert.", \
	  "no tiene nada más abierto.") \
	X("for %s, due %s. If it is this one: `done %lld`", \
	  "für %s, fällig %s. Wenn es dieses ist: `done %lld`", \
	  "pour %s, échéance %s. Si c’est celle-ci : `done %lld`", \
	  "para %s, vence el %s. Si es esta: `done %lld`") \
	X("to whom is not noted%s, due %s. If it is this one: `done %lld`", \
	  "für wen, ist nicht notiert%s, fällig %s. Wenn es dieses ist: `done %lld`", \
	  "destinataire non noté%s, échéance %s. Si c’est celle-ci : `done %lld`", \
	  "no consta para quién%s, vence el %s. Si es esta: `done %lld`") \
	/* undo */ \
	X("there is nothing to undo.", "es gibt nichts zurückzunehmen.", "il n’y a rien à annuler.", \
	  "no hay nada que deshacer.") \
	X("Not logged", "Nicht notiert", "Non noté", "No anotado") \
	X("that it was logged is taken back: it is called off.", \
	  "dass es notiert wurde, ist zurückgenommen: es ist abgesagt.", \
	  "l’enregistrement est retiré : la promesse est annulée.", "se retira que se anotó: queda cancelado.") \
	X("Taken back", "Zurückgenommen", "Retiré", "Deshecho") \
	X("`%s` was taken back: it is %s, due %s.", "`%s` ist zurückgenommen: es ist %s, fällig %s.", \
	  "`%s` est retiré : la promesse est %s, échéance %s.", "se deshizo `%s`: está %s, vence el %s.") \
	X("\nTo take it back, answer ", "\nUm es zurückzunehmen, antworten Sie ", \
	  "\nPour revenir en arrière, répondez ", "\nPara deshacerlo, responda ") \
	X("\nTo take one back, answer ", "\nUm eines zurückzunehmen, antworten Sie ", \
	  "\nPour en retirer une, répondez ", "\nPara deshacer uno, responda ") \
	/* which one; what was not done */ \
	X("`%s`: which promise? Answer with its number, as `%s 12`; `list` shows them all.", \
	  "`%s`: welches Versprechen? Antworten Sie mit seiner Nummer, etwa `%s 12`; `list` zeigt alle.", \
	  "`%s` : quelle promesse ? Répondez avec son numéro, comme `%s 12` ; `list` les montre toutes.", \
	  "`%s`: ¿qué promesa? Responda con su número, como `%s 12`; `list` las muestra todas.") \
	X("\\#%lld: there is no such promise of yours; nothing was changed.", \
	  "\\#%lld: ein solches Versprechen von Ihnen gibt es nicht; nichts wurde geändert.", \
	  "\\#%lld : vous n’avez pas de telle promesse ; rien n’a été changé.", \
	  "\\#%lld: no tiene esa promesa; no se cambió nada.") \
	X("\\#%lld: there is no such promise of yours.", \
	  "\\#%lld: ein solches Versprechen von Ihnen gibt es nicht.", \
	  "\\#%lld : vous n’avez pas de telle promesse.", "\\#%lld: no tiene esa promesa.") \
	X("%s, and %zu more", "%s, und %zu weitere", "%s, et %zu de plus", "%s, y %zu más") \
	X("%s; %zu not done", "%s; %zu nicht getan", "%s ; %zu sans effet", "%s; %zu sin hacer") \
	X("%s; not all was read", "%s; nicht alles wurde gelesen", "%s ; tout n’a pas été lu", "%s; no se leyó todo") \
	X("Nothing was changed", "Nichts wurde geändert", "Rien n’a été changé", "No se cambió nada") \
	X("**not read:** “%s”", "**nicht gelesen:** „%s“", "**non lu :** « %s »", "**no leído:** «%s»") \
	X("a line that is no command ends the reading: nothing on it or below it was done. `help` " \
	  "shows the words that I know.", \
	  "eine Zeile, die kein Befehl ist, beendet das Lesen: was darin oder darunter steht, " \
	  "wurde nicht getan. `help` zeigt die Wörter, die ich kenne.", \
	  "une ligne qui n’est pas une commande arrête la lecture : ni elle ni la suite n’a été " \
	  "exécutée. `help` montre les mots que je connais.", \
	  "una línea que no es una orden detiene la lectura: ni ella ni lo que sigue se ha hecho. " \
	  "`help` muestra las palabras que conozco.") \
	/* pause, resume */ \
	X("No reminders until %s", "Keine Erinnerungen bis %s", "Aucun rappel jusqu’au %s", \
	  "Sin recordatorios hasta el %s") \
	X("No reminders until you say so", "Keine Erinnerungen bis auf Ihr Wort", \
	  "Aucun rappel jusqu’à nouvel ordre", "Sin recordatorios hasta que lo diga") \
	X("no reminders until %s. `resume` ends it.", "keine Erinnerungen bis %s. `resume` beendet das.", \
	  "aucun rappel jusqu’au %s. `resume` y met fin.", "sin recordatorios hasta el %s. `resume` lo termina.") \
	X("no reminders until you answer `resume`%s.", "keine Erinnerungen, bis Sie `resume` antworten%s.", \
	  "aucun rappel jusqu’à ce que vous répondiez `resume`%s.", \
	  "sin recordatorios hasta que responda `resume`%s.") \
	X("Reminders go on", "Erinnerungen gehen weiter", "Les rappels reprennent", "Siguen los recordatorios") \
	X("reminders go on.", "Erinnerungen gehen weiter.", "les rappels reprennent.", "siguen los recordatorios.") \
	/* the trust challenge */ \
	X("The trust challenge begins", "Die Vertrauenswoche beginnt", "Le défi de confiance commence", "Empieza el reto de confianza") \
	X("the trust challenge begins: seven days, this one counted, in which every promise that is made or due is followed up. " \
	  "Each day a line tells how it stands; the report comes %s. `challenge stop` ends it.", \
	  "die Vertrauenswoche beginnt: sieben Tage, dieser zählt mit, in denen bei jeder Zusage, die gegeben oder fällig wird, nachgefasst wird. " \
	  "Jeden Tag sagt eine Zeile, wie es steht; der Bericht kommt %s. `challenge stop` beendet sie.", \
	  "le défi de confiance commence : sept jours, celui-ci compris, où chaque promesse faite ou due est suivie. " \
	  "Chaque jour, une ligne fait le point ; le bilan vient %s. `challenge stop` y met fin.", \
	  "empieza el reto de confianza: siete días, este incluido, en los que se sigue cada promesa que se hace o que vence. " \
	  "Cada día una línea dice cómo va; el informe llega %s. `challenge stop` lo termina.") \
	X("The trust challenge is ended", "Die Vertrauenswoche ist beendet", "Le défi de confiance est terminé", "El reto de confianza ha terminado") \
	X("the trust challenge is ended. Promises of its days: %zu; followed up and closed: %zu of %zu; they answered: %zu.", \
	  "die Vertrauenswoche ist beendet. Zusagen ihrer Tage: %zu; nachgefasst und abgeschlossen: %zu von %zu; beantwortet: %zu.", \
	  "le défi de confiance est terminé. Promesses de ses jours : %zu ; suivies et closes : %zu sur %zu ; réponses : %zu.", \
	  "el reto de confianza ha terminado. Promesas de sus días: %zu; seguidas y cerradas: %zu de %zu; respuestas: %zu.") \
	X("Your thoughts are kept", "Ihre Gedanken sind aufgehoben", "Vos réflexions sont gardées", "Sus reflexiones quedan guardadas") \
	X("your whole answer is kept with the challenge, and nothing in it was read as a command; `kept challenge` shows it.", \
	  "Ihre ganze Antwort ist bei der Vertrauenswoche aufgehoben, nichts darin wurde als Befehl gelesen; `kept challenge` zeigt sie.", \
	  "toute votre réponse est gardée avec le défi, rien n’y a été lu comme une commande ; `kept challenge` la montre.", \
	  "toda su respuesta queda guardada con el reto, y nada en ella se leyó como una orden; `kept challenge` la muestra.") \
	X("that is more than I can keep with the challenge; nothing of it was kept.", \
	  "das ist mehr, als ich bei der Vertrauenswoche aufheben kann; nichts davon wurde aufgehoben.", \
	  "c’est plus que je ne peux garder avec le défi ; rien n’en a été gardé.", \
	  "es más de lo que puedo guardar con el reto; no se guardó nada.") \
	X("followed up and closed", "nachgefasst und abgeschlossen", "suivie et close", "seguida y cerrada") \
	X("delivered, and not yet followed up and closed", "geliefert, noch nicht nachgefasst und abgeschlossen", \
	  "livrée, pas encore suivie et close", "entregada, aún no seguida y cerrada") \
	X("not delivered, and its day is past", "nicht geliefert, und ihr Tag ist vorbei", "pas livrée, et son jour est passé", \
	  "no entregada, y su día ha pasado") \
	X("its day is yet to come", "ihr Tag kommt noch", "son jour est à venir", "su día está por venir") \
	X("called off before its day", "vor ihrem Tag abgesagt", "annulée avant son jour", "cancelada antes de su día") \
	X("a trust challenge runs already; `challenge stop` ends it.", "eine Vertrauenswoche läuft schon; `challenge stop` beendet sie.", \
	  "un défi de confiance est déjà en cours ; `challenge stop` y met fin.", "ya hay un reto de confianza en curso; `challenge stop` lo termina.") \
	X("no trust challenge runs; `challenge start` begins one.", "keine Vertrauenswoche läuft; `challenge start` beginnt eine.", \
	  "aucun défi de confiance n’est en cours ; `challenge start` en commence un.", \
	  "no hay ningún reto de confianza en curso; `challenge start` empieza uno.") \
	X("Mail to %s goes on", "Mail an %s geht weiter", "Les messages à %s reprennent", "Sigue el correo a %s") \
	X("what I prepare for %s goes on.", "was ich für %s vorbereite, geht weiter.", \
	  "ce que je prépare pour %s reprend.", "sigue lo que preparo para %s.") \
	/* send, skip, edit */ \
	X("the %s to %s", "die Mail (%s) an %s", "le message (%s) à %s", "el mensaje (%s) a %s") \
	X("Sent", "Gesendet", "Envoyé", "Enviado") \
	X("%s is on its way.", "%s ist unterwegs.", "%s est parti.", "%s está en camino.") \
	X("Leaves %s", "Geht ab: %s", "Part %s", "Sale el %s") \
	X("Not sent", "Nicht gesendet", "Non envoyé", "No enviado") \
	X("%s is dropped.", "%s ist verworfen.", "%s est abandonné.", "%s queda descartado.") \
	X("%s is dropped. The promise stands as it was.", "%s ist verworfen. Das Versprechen steht wie zuvor.", \
	  "%s est abandonné. La promesse reste telle quelle.", "%s queda descartado. La promesa sigue igual.") \
	X("no mail waits for your word about it; nothing was done.", \
	  "dazu wartet keine Mail auf Ihr Wort; nichts wurde getan.", \
	  "aucun message n’attend votre accord à ce sujet ; rien n’a été fait.", \
	  "ningún mensaje espera su palabra; no se hizo nada.") \
	X("In your words", "In Ihren Worten", "Avec vos mots", "Con sus palabras") \
	X("the %s is written anew with your text; I ask you once more before it leaves.", \
	  "die Mail (%s) ist mit Ihrem Text neu geschrieben; ich frage Sie noch einmal, bevor sie abgeht.", \
	  "le message (%s) est réécrit avec votre texte ; je vous redemande avant l’envoi.", \
	  "el mensaje (%s) se ha reescrito con su texto; le pregunto otra vez antes de que salga.") \
	/* yes, no */ \
	X("Still open", "Noch offen", "Toujours ouvert", "Sigue abierto") \
	X("it stays open, due %s.", "es bleibt offen, fällig %s.", "elle reste ouverte, échéance %s.", \
	  "sigue abierta, vence el %s.") \
	/* what stopped mail to others: subjects, texts */ \
	X("- **\\#%lld** %s, due %s\n", \
	  "- **\\#%lld** %s, fällig %s\n", \
	  "- **\\#%lld** %s, échéance %s\n", \
	  "- **\\#%lld** %s, vence el %s\n") \
	X("Away until %s: %s", "Abwesend bis %s: %s", "En absence jusqu’au %s : %s", "Fuera hasta el %s: %s") \
	X("back on %s", "zurück: %s", "de retour %s", "vuelve el %s") \
	X("it names no day, so I wait until %s", \
	  "sie nennt keinen Tag, also warte ich bis %s", \
	  "elle ne donne pas de date, j’attends donc jusqu’au %s", \
	  "no dice qué día, así que espero hasta el %s") \
	X("%s is away, says an automatic reply; %s. What I prepare for them waits until then.\n\n%s\nYour " \
	  "own reminders stay as they are. If they are back earlier, answer `resume`.\n", \
	  "%s ist abwesend, sagt eine automatische Antwort; %s. Was ich vorbereite, wartet bis " \
	  "dahin.\n\n%s\nIhre eigenen Erinnerungen bleiben, wie sie sind. Bei früherer Rückkehr antworten " \
	  "Sie `resume`.\n", \
	  "%s est en absence, selon une réponse automatique ; %s. Ce que je prépare attend " \
	  "jusque-là.\n\n%s\nVos propres rappels ne changent pas. En cas de retour plus tôt, répondez " \
	  "`resume`.\n", \
	  "%s está fuera, según una respuesta automática; %s. Lo que preparo espera hasta " \
	  "entonces.\n\n%s\nSus propios recordatorios siguen igual. Si vuelve antes, responda `resume`.\n") \
	X("No longer there: %s", "Nicht mehr dort: %s", "Plus en poste : %s", "Ya no está allí: %s") \
	X("An automatic reply says that %s is no longer there. Nothing that I prepare goes to them before " \
	  "%s.\n\n%s\nWho takes their place? `who ADDRESS` in your answer makes the promise theirs. If " \
	  "they are there still, answer `resume`.\n", \
	  "Eine automatische Antwort sagt, dass %s nicht mehr dort ist. Nichts, was ich vorbereite, geht " \
	  "dorthin vor %s.\n\n%s\nWer ist an der Stelle? `who ADDRESS` in Ihrer Antwort gibt das " \
	  "Versprechen weiter. Stimmt es nicht, antworten Sie `resume`.\n", \
	  "Une réponse automatique dit que %s n’est plus en poste. Rien de ce que je prépare n’y part " \
	  "avant %s.\n\n%s\nQui prend la suite ? `who ADDRESS` dans votre réponse lui transmet la " \
	  "promesse. Si c’est inexact, répondez `resume`.\n", \
	  "Una respuesta automática dice que %s ya no está allí. Nada de lo que preparo sale hacia allí " \
	  "antes del %s.\n\n%s\n¿Quién ocupa su lugar? `who ADDRESS` en su respuesta le pasa la promesa. " \
	  "Si no es así, responda `resume`.\n") \
	X("Wants no more mail: %s", \
	  "Will keine Mail mehr: %s", \
	  "Ne veut plus de messages : %s", \
	  "No quiere más correo: %s") \
	X("%s asks not to be written to:\n\n> %s\n\nI prepare nothing more for them, and what waited was " \
	  "withdrawn.\n\n%s\n%sIf I misread that, answer `resume`.\n", \
	  "%s bittet, nicht mehr angeschrieben zu werden:\n\n> %s\n\nIch bereite nichts mehr vor, und was " \
	  "wartete, ist zurückgezogen.\n\n%s\n%sHabe ich das falsch gelesen, antworten Sie `resume`.\n", \
	  "%s demande à ne plus recevoir de messages :\n\n> %s\n\nJe ne prépare plus rien, et ce qui " \
	  "attendait est retiré.\n\n%s\n%sSi j’ai mal lu, répondez `resume`.\n", \
	  "%s pide que no se le escriba:\n\n> %s\n\nNo preparo nada más, y lo que esperaba queda " \
	  "retirado.\n\n%s\n%sSi lo he leído mal, responda `resume`.\n") \
	X("What you promised stays in your list; whether and how you keep it is yours to say.\n\n", \
	  "Was Sie versprochen haben, bleibt in Ihrer Liste; ob und wie Sie es halten, sagen Sie.\n\n", \
	  "Ce que vous avez promis reste dans votre liste ; à vous de dire si et comment le tenir.\n\n", \
	  "Lo que prometió sigue en su lista; si lo cumple y cómo, lo decide usted.\n\n") \
	X(" %s (%s) was told too, with that sentence.", \
	  " %s (%s) hat es auch erfahren, mit diesem Satz.", \
	  " %s (%s) en a été informé aussi, avec cette phrase.", \
	  " También se avisó a %s (%s), con esa frase.") \
	X("Is this an adverse event? Nothing goes out until you say", \
	  "Ist das ein unerwünschtes Ereignis? Nichts geht ab, bis Sie es sagen", \
	  "Est-ce un événement indésirable ? Rien ne part avant votre réponse", \
	  "¿Es un acontecimiento adverso? Nada sale hasta que lo diga") \
	X("%s wrote something that may tell of an adverse event:\n\n> %s\n\nNothing that I prepare about " \
	  "this conversation leaves until you have said what it is, and what waited was " \
	  "withdrawn.%s\n\n%s\n**If it may be one, report it now**, as your company asks you to, and then " \
	  "answer `safety reported`. If it is none, answer `safety no`. Either goes on record.\n", \
	  "%s hat etwas geschrieben, das von einem unerwünschten Ereignis handeln kann:\n\n> %s\n\nNichts, " \
	  "was ich zu diesem Gespräch vorbereite, geht ab, bis Sie gesagt haben, was es ist, und was " \
	  "wartete, ist zurückgezogen.%s\n\n%s\n**Wenn es eines sein kann, melden Sie es jetzt**, wie Ihre " \
	  "Firma es verlangt, und antworten Sie dann `safety reported`. Ist es keines, antworten Sie " \
	  "`safety no`. Beides wird festgehalten.\n", \
	  "%s a écrit quelque chose qui peut signaler un événement indésirable :\n\n> %s\n\nRien de ce que " \
	  "je prépare sur cette conversation ne part avant que vous ayez dit ce que c’est, et ce qui " \
	  "attendait est retiré.%s\n\n%s\n**Si c’est possible, déclarez-le maintenant**, comme votre " \
	  "entreprise le demande, puis répondez `safety reported`. Sinon, répondez `safety no`. L’un et " \
	  "l’autre sont consignés.\n", \
	  "%s ha escrito algo que puede referirse a un acontecimiento adverso:\n\n> %s\n\nNada de lo que " \
	  "preparo sobre esta conversación sale hasta que diga qué es, y lo que esperaba queda " \
	  "retirado.%s\n\n%s\n**Si puede serlo, notifíquelo ya**, como pide su empresa, y luego responda " \
	  "`safety reported`. Si no lo es, responda `safety no`. Ambas cosas quedan registradas.\n") \
	X("Reported", "Gemeldet", "Déclaré", "Notificado") \
	X("No adverse event", \
	  "Kein unerwünschtes Ereignis", \
	  "Pas d’événement indésirable", \
	  "No es un acontecimiento adverso") \
	X("on record: you reported it. What I prepare for them goes on.", \
	  "festgehalten: Sie haben es gemeldet. Was ich vorbereite, geht weiter.", \
	  "consigné : vous l’avez déclaré. Ce que je prépare reprend.", \
	  "registrado: lo ha notificado. Sigue lo que preparo.") \
	X("on record: you say that it is no adverse event. What I prepare for them goes on.", \
	  "festgehalten: Sie sagen, es ist kein unerwünschtes Ereignis. Was ich vorbereite, geht weiter.", \
	  "consigné : vous dites que ce n’est pas un événement indésirable. Ce que je prépare reprend.", \
	  "registrado: dice que no es un acontecimiento adverso. Sigue lo que preparo.") \
	X("Came back: mail to %s", "Zurückgekommen: Mail an %s", "Revenu : message à %s", "Devuelto: correo a %s") \
	X("A mail to %s came back%s. I prepare nothing more for that address, and what waited was " \
	  "withdrawn.\n\n%s\nHas it changed? Answer `who ADDRESS` with the right one, and it goes on; with " \
	  "the same one, if it works again.\n", \
	  "Eine Mail an %s kam zurück%s. Ich bereite für diese Adresse nichts mehr vor, und was wartete, " \
	  "ist zurückgezogen.\n\n%s\nHat sie sich geändert? Antworten Sie `who ADDRESS` mit der richtigen, " \
	  "dann geht es weiter; mit derselben, wenn sie wieder geht.\n", \
	  "Un message à %s est revenu%s. Je ne prépare plus rien pour cette adresse, et ce qui attendait " \
	  "est retiré.\n\n%s\nA-t-elle changé ? Répondez `who ADDRESS` avec la bonne, et tout reprend ; " \
	  "avec la même, si elle fonctionne de nouveau.\n", \
	  "Un mensaje a %s fue devuelto%s. No preparo nada más para esa dirección, y lo que esperaba queda " \
	  "retirado.\n\n%s\n¿Ha cambiado? Responda `who ADDRESS` con la correcta, y sigue; con la misma, " \
	  "si vuelve a funcionar.\n") \
	X("%s\nIt did not go to %s either: nothing of it left.\n", "%s\nAuch an %s ging sie nicht: nichts davon ging hinaus.\n", \
	  "%s\nIl n’est pas parti non plus à %s : rien n’en est sorti.\n", "%s\nTampoco salió para %s: no salió nada.\n") \
	X("one of those it was for is not reached", "jemand, für den es war, ist nicht zu erreichen", \
	  "l’un des destinataires n’est pas joignable", "no se llega a uno de los destinatarios") \
	/* check-ins proposed, told of, swept */ \
	X("no recap was written: what you heard may tell of an adverse event. When that is settled, answer the question again.", \
	  "es wurde keine Zusammenfassung geschrieben: Was Sie gehört haben, kann ein unerwünschtes Ereignis sein. Wenn das geklärt ist, antworten Sie noch einmal.", \
	  "aucun compte rendu n’a été écrit : ce que vous avez entendu peut être un événement indésirable. Une fois cela réglé, répondez de nouveau.", \
	  "no se escribió ningún resumen: lo que oyó puede ser un acontecimiento adverso. Cuando esté resuelto, responda otra vez.") \
	X("Nothing was promised to %s", \
	  "%s wurde nichts versprochen", \
	  "Rien n’a été promis à %s", \
	  "A %s no se prometió nada") \
	X("nothing was promised to %s.", \
	  "%s wurde nichts versprochen.", \
	  "rien n’a été promis à %s.", \
	  "a %s no se prometió nada.") \
	X("“%s”: %s; nothing was noted.", \
	  "„%s“: %s; nichts wurde notiert.", \
	  "« %s » : %s ; rien n’a été noté.", \
	  "«%s»: %s; no se anotó nada.") \
	X("“%s”: more than one of those is called so; nothing was noted. That mail named %s. A mail address does too.", \
	  "„%s“: so heißt mehr als einer davon; nichts wurde notiert. Die Mail nannte %s. Eine Mailadresse geht auch.", \
	  "« %s » : plusieurs portent ce nom ; rien n’a été noté. Le message citait %s. Une adresse convient aussi.", \
	  "«%s»: más de una persona se llama así; no se anotó nada. El mensaje nombraba a %s. También vale una dirección.") \
	X("“%s”: none of those is called so; nothing was noted. That mail named %s. A mail address does too.", \
	  "„%s“: so heißt keiner davon; nichts wurde notiert. Die Mail nannte %s. Eine Mailadresse geht auch.", \
	  "« %s » : personne ne porte ce nom ; rien n’a été noté. Le message citait %s. Une adresse convient aussi.", \
	  "«%s»: nadie se llama así; no se anotó nada. El mensaje nombraba a %s. También vale una dirección.") \
	X("the recap tells what came of “%s”.", \
	  "die Zusammenfassung sagt, was aus „%s“ wurde.", \
	  "le compte rendu dit ce qu’il est advenu de « %s ».", \
	  "el resumen dice qué resultó de «%s».") \
	X("i%lld: nothing that they told is open under that number; the line was left out.", \
	  "i%lld: unter dieser Nummer ist nichts offen, was dort gesagt wurde; die Zeile blieb weg.", \
	  "i%lld : sous ce numéro, rien de ce qui a été dit n’est en attente ; la ligne a été omise.", \
	  "i%lld: con ese número no hay nada pendiente de lo que contaron; la línea se omitió.") \
	X("insight noted: “%s”. It stays open until they hear what came of it.", \
	  "notiert: „%s“. Das bleibt offen, bis man dort hört, was daraus wurde.", \
	  "noté : « %s ». Cela reste ouvert jusqu’à ce que la personne sache ce qu’il en est advenu.", \
	  "anotado: «%s». Queda abierto hasta que sepan qué resultó.") \
	X("an insight without words: nothing was noted.", \
	  "eine Erkenntnis ohne Worte: Nichts wurde notiert.", \
	  "une observation sans mots : rien n’a été noté.", \
	  "una observación sin palabras: no se anotó nada.") \
	X("%d insights of theirs are noted already; `kept contact %s` shows them.", \
	  "%d Erkenntnisse von dort sind bereits notiert; `kept contact %s` zeigt sie.", \
	  "%d observations de leur part sont déjà notées ; `kept contact %s` les montre.", \
	  "ya hay %d observaciones suyas anotadas; `kept contact %s` las muestra.") \
	X("nobody is noted who was there; nothing was written.", \
	  "es ist nicht notiert, wer dabei war; nichts wurde geschrieben.", \
	  "personne n’est noté comme présent ; rien n’a été écrit.", \
	  "no consta quién estuvo; no se escribió nada.") \
	X("No recap", \
	  "Keine Zusammenfassung", \
	  "Pas de compte rendu", \
	  "Sin resumen") \
	X("there is nothing for a recap in it: none was written.", \
	  "darin steht nichts für eine Zusammenfassung: Es wurde keine geschrieben.", \
	  "il n’y a rien là pour un compte rendu : aucun n’a été écrit.", \
	  "no hay nada ahí para un resumen: no se escribió ninguno.") \
	X("The recap for %s waits for your word", \
	  "Die Zusammenfassung für %s wartet auf Ihr Wort", \
	  "Le compte rendu pour %s attend votre accord", \
	  "El resumen para %s espera su palabra") \
	X("the recap for %s is written%s; I show it to you before it leaves.", \
	  "die Zusammenfassung für %s ist geschrieben%s; ich zeige sie Ihnen, bevor sie hinausgeht.", \
	  "le compte rendu pour %s est écrit%s ; je vous le montre avant qu’il ne parte.", \
	  "el resumen para %s está escrito%s; se lo enseño antes de que salga.") \
	X(", with one promise", \
	  ", mit einem Versprechen", \
	  ", avec une promesse", \
	  ", con una promesa") \
	X(", with %zu promises", \
	  ", mit %zu Versprechen", \
	  ", avec %zu promesses", \
	  ", con %zu promesas") \
	X("no recap is written.", \
	  "es wird keine Zusammenfassung geschrieben.", \
	  "aucun compte rendu n’est écrit.", \
	  "no se escribe ningún resumen.") \
	X("Invited: %s", \
	  "Eingeladen: %s", \
	  "Invitation envoyée : %s", \
	  "Invitación enviada: %s") \
	X("nobody was invited: %s", \
	  "niemand wurde eingeladen: %s", \
	  "personne n’a été invité : %s", \
	  "no se invitó a nadie: %s") \
	X("%s, with %s: what is it for? They read it in the invitation. Answer `what: …`, and they are invited for then.", \
	  "%s, mit %s: Worum geht es? Es steht dann in der Einladung. Antworten Sie `what: …`, dann geht sie hinaus.", \
	  "%s, avec %s : quel est le motif ? Il figurera dans l’invitation. Répondez `what: …`, et elle part.", \
	  "%s, con %s: ¿cuál es el motivo? Se lee en la invitación. Responda `what: …` y sale.") \
	X("What it is for is noted", \
	  "Der Anlass ist notiert", \
	  "Le motif est noté", \
	  "El motivo está anotado") \
	X("the check-in with %s is about “%s”. When is it? Answer `at` and a time.", \
	  "im Gespräch mit %s geht es um „%s“. Wann ist es? Antworten Sie `at` und einen Termin.", \
	  "l’échange avec %s porte sur « %s ». Quand a-t-il lieu ? Répondez `at` et un horaire.", \
	  "la reunión con %s trata de «%s». ¿Cuándo es? Responda `at` y una hora.") \
	X("Not this time: %s", \
	  "Diesmal nicht: %s", \
	  "Pas cette fois : %s", \
	  "Esta vez no: %s") \
	X("no check-in with %s this time; it is proposed again later.", \
	  "diesmal kein Gespräch mit %s; es wird später wieder vorgeschlagen.", \
	  "pas d’échange avec %s cette fois ; il sera proposé de nouveau plus tard.", \
	  "esta vez no hay reunión con %s; se propondrá de nuevo más adelante.") \
	X("\\#%lld was settled already; `kept checkin list` shows how it stands.", \
	  "\\#%lld ist schon erledigt; `kept checkin list` zeigt, wie es steht.", \
	  "\\#%lld est déjà réglé ; `kept checkin list` montre où il en est.", \
	  "\\#%lld ya está resuelto; `kept checkin list` muestra cómo está.") \
	X("`%s`: which one? That mail proposes %zu check-ins. Answer with the number, as `%s #%lld`.", \
	  "`%s`: welches? Die Mail schlägt %zu Gespräche vor. Antworten Sie mit der Nummer: `%s #%lld`.", \
	  "`%s` : lequel ? Ce message propose %zu échanges. Répondez avec le numéro : `%s #%lld`.", \
	  "`%s`: ¿cuál? El mensaje propone %zu reuniones. Responda con el número: `%s #%lld`.") \
	X("\\#%lld: that mail proposed no such check-in.", \
	  "\\#%lld: Ein solches Gespräch hat die Mail nicht vorgeschlagen.", \
	  "\\#%lld : ce message n’a pas proposé cet échange.", \
	  "\\#%lld: el mensaje no propuso esa reunión.")

#endif
