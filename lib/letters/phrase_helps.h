/* phrase_helps - what kept says to its owner where it lists, helps, asks back, warns or failed, in the languages of the shipped templates
 *
 * Law:     as phrase_answers.h, of which it is the other half.
 * Tests:   tests/phrase.c, tests/said.c
 */
#ifndef KEPT_LETTERS_PHRASE_HELPS_H
#define KEPT_LETTERS_PHRASE_HELPS_H

#define HELPS(X) \
	/* kinds of mail to others */ \
	X("receipt", "Eingangsbestätigung", "accusé de réception", "acuse de recibo") \
	X("progress", "Zwischenstand", "point d’étape", "aviso de avance") \
	X("delay", "Verspätung", "avis de retard", "aviso de retraso") \
	X("delivery", "Lieferung", "envoi promis", "entrega") \
	X("aftercare", "Nachfrage", "suivi", "seguimiento") \
	X("share", "Hinweis auf Material", "partage", "material para compartir") \
	X("introduction", "Vorstellung", "mise en relation", "presentación") \
	X("recap", "Zusammenfassung", "compte rendu", "resumen") \
	X("invitation", "Einladung", "invitation", "invitación") \
	/* send, skip, edit that did nothing */ \
	X("%zu mails wait for your word about it: %s. Answer the mail that shows the one you mean with " \
	  "`%s`, or `kept %s %lld --kind KIND`.", \
	  "dazu warten %zu Mails auf Ihr Wort: %s. Antworten Sie auf die Mail, die die gemeinte zeigt, mit " \
	  "`%s`, oder `kept %s %lld --kind KIND`.", \
	  "%zu messages attendent votre accord à ce sujet : %s. Répondez à celui qui montre le bon par " \
	  "`%s`, ou `kept %s %lld --kind KIND`.", \
	  "%zu mensajes esperan su palabra: %s. Responda al que muestra el que quiere con `%s`, o `kept " \
	  "%s %lld --kind KIND`.") \
	X("%s was not sent. Look at this first; to send it as it is, answer `%s` once more.", \
	  "%s ging nicht hinaus. Sehen Sie sich das erst an; um sie so zu senden, antworten Sie noch " \
	  "einmal `%s`.", \
	  "%s n’est pas parti. Regardez d’abord ceci ; pour l’envoyer tel quel, répondez encore une fois " \
	  "`%s`.", \
	  "%s no salió. Mire antes esto; para enviarlo tal cual, responda otra vez `%s`.") \
	X("%s was not sent by this word: %s.", \
	  "%s ging auf dieses Wort hin nicht hinaus: %s.", \
	  "%s n’est pas parti à ce mot : %s.", \
	  "%s no salió con esta palabra: %s.") \
	X("%s was not sent: %s.", "%s ging nicht hinaus: %s.", "%s n’est pas parti : %s.", "%s no salió: %s.") \
	X("%s was not stopped: %s.", \
	  "%s ist nicht mehr aufzuhalten: %s.", \
	  "%s n’a pas été arrêté : %s.", \
	  "%s no se detuvo: %s.") \
	X("%s was not changed: %s.", \
	  "%s wurde nicht geändert: %s.", \
	  "%s n’a pas été changé : %s.", \
	  "%s no se cambió: %s.") \
	X("it has left already", "schon abgegangen", "il est déjà parti", "ya ha salido") \
	X("it is on its way already", "schon unterwegs", "il est déjà en route", "ya está en camino") \
	X("`edit` needs the new text behind it; nothing was changed.", \
	  "hinter `edit` fehlt der neue Text; nichts wurde geändert.", \
	  "`edit` demande le nouveau texte à sa suite ; rien n’a été changé.", \
	  "tras `edit` falta el texto nuevo; no se cambió nada.") \
	X("there is no mail yet: answer with `edit` and a line that says how it stands.", \
	  "noch gibt es keine Mail: antworten Sie mit `edit` und einer Zeile, wie es steht.", \
	  "il n’y a pas encore de message : répondez par `edit` et une ligne qui dit où cela en est.", \
	  "todavía no hay mensaje: responda con `edit` y una línea que diga cómo está.") \
	X("Not written", "Nicht geschrieben", "Non écrit", "No escrito") \
	X("nothing is written to them. The promise stands as it was.", \
	  "dorthin wird nichts geschrieben. Das Versprechen steht wie zuvor.", \
	  "rien ne leur est écrit. La promesse reste telle quelle.", \
	  "no se les escribe nada. La promesa sigue igual.") \
	/* which one */ \
	X("`%s`: which one? That mail speaks of %zu promises; nothing was changed. Answer with the number, " \
	  "as `%s %lld`, or `%s all`.", \
	  "`%s`: welches? Diese Mail spricht von %zu Versprechen; nichts wurde geändert. Antworten Sie mit " \
	  "der Nummer, etwa `%s %lld`, oder `%s all`.", \
	  "`%s` : laquelle ? Ce message parle de %zu promesses ; rien n’a été changé. Répondez avec le " \
	  "numéro, comme `%s %lld`, ou `%s all`.", \
	  "`%s`: ¿cuál? Ese mensaje habla de %zu promesas; no se cambió nada. Responda con el número, como " \
	  "`%s %lld`, o `%s all`.") \
	X("due %s", "fällig %s", "échéance %s", "vence el %s") \
	X("and %zu more.", "und %zu weitere.", "et %zu de plus.", "y %zu más.") \
	/* list */ \
	X("nothing stands open. Well kept.", \
	  "nichts ist offen. Alles erfüllt.", \
	  "rien n’est ouvert. Tout est tenu.", \
	  "no hay nada abierto. Todo cumplido.") \
	X("promise is open", "Versprechen ist offen", "promesse ouverte", "promesa abierta") \
	X("promises are open", "Versprechen sind offen", "promesses ouvertes", "promesas abiertas") \
	X("nothing was promised yet.", \
	  "noch wurde nichts versprochen.", \
	  "rien n’a encore été promis.", \
	  "aún no se ha prometido nada.") \
	X("promise, open or closed", \
	  "Versprechen, offen oder abgeschlossen", \
	  "promesse, ouverte ou close", \
	  "promesa, abierta o cerrada") \
	X("promises, open and closed", \
	  "Versprechen, offen und abgeschlossen", \
	  "promesses, ouvertes et closes", \
	  "promesas, abiertas y cerradas") \
	X("nothing is overdue. Well kept.", \
	  "nichts ist überfällig. Alles erfüllt.", \
	  "rien n’est en retard. Tout est tenu.", \
	  "no hay nada vencido. Todo cumplido.") \
	X("promise is overdue", "Versprechen ist überfällig", "promesse en retard", "promesa vencida") \
	X("promises are overdue", "Versprechen sind überfällig", "promesses en retard", "promesas vencidas") \
	X("nothing is due today.", "heute ist nichts fällig.", "rien n’est dû aujourd’hui.", "hoy no vence nada.") \
	X("promise is due today", "Versprechen ist heute fällig", "promesse pour aujourd’hui", "promesa vence hoy") \
	X("promises are due today", \
	  "Versprechen sind heute fällig", \
	  "promesses pour aujourd’hui", \
	  "promesas vencen hoy") \
	X("nothing is due in the next seven days.", \
	  "in den nächsten sieben Tagen ist nichts fällig.", \
	  "rien n’est dû dans les sept prochains jours.", \
	  "no vence nada en los próximos siete días.") \
	X("promise is due in the next seven days", \
	  "Versprechen ist in den nächsten sieben Tagen fällig", \
	  "promesse dans les sept prochains jours", \
	  "promesa vence en los próximos siete días") \
	X("promises are due in the next seven days", \
	  "Versprechen sind in den nächsten sieben Tagen fällig", \
	  "promesses dans les sept prochains jours", \
	  "promesas vencen en los próximos siete días") \
	X("nothing that you promised to that address stands open.", \
	  "nichts, was Sie dieser Adresse versprochen haben, ist offen.", \
	  "rien de ce que vous avez promis à cette adresse n’est ouvert.", \
	  "no hay nada abierto de lo que prometió a esa dirección.") \
	X("promise to that address is open", \
	  "Versprechen an diese Adresse ist offen", \
	  "promesse ouverte à cette adresse", \
	  "promesa abierta a esa dirección") \
	X("promises to that address are open", \
	  "Versprechen an diese Adresse sind offen", \
	  "promesses ouvertes à cette adresse", \
	  "promesas abiertas a esa dirección") \
	X("Nothing is open", "Nichts ist offen", "Rien n’est ouvert", "No hay nada abierto") \
	X("None", "Keines", "Aucune", "Ninguna") \
	X("for %s%s, due %s%s", "für %s%s, fällig %s%s", "pour %s%s, échéance %s%s", "para %s%s, vence el %s%s") \
	X("to whom is not noted%s%s, due %s%s", \
	  "für wen, ist nicht notiert%s%s, fällig %s%s", \
	  "destinataire non noté%s%s, échéance %s%s", \
	  "no consta para quién%s%s, vence el %s%s") \
	X(" **(overdue)**", " **(überfällig)**", " **(en retard)**", " **(vencida)**") \
	X("and %zu more, which `kept list` on the terminal shows.", \
	  "und %zu weitere, die `kept list` im Terminal zeigt.", \
	  "et %zu de plus, que `kept list` montre au terminal.", \
	  "y %zu más, que `kept list` muestra en el terminal.") \
	X("overdue from before: %zu, which `list overdue` shows.", \
	  "überfällig von vorher: %zu; `list overdue` zeigt sie.", \
	  "en retard d’avant : %zu, que `list overdue` montre.", \
	  "vencidas de antes: %zu, que `list overdue` muestra.") \
	/* why a date was not read */ \
	X("`%s`: nothing was changed: %s", \
	  "`%s`: nichts wurde geändert: %s", \
	  "`%s` : rien n’a été changé : %s", \
	  "`%s`: no se cambió nada: %s") \
	X("it was not understood", "es wurde nicht verstanden", "ce n’a pas été compris", "no se entendió") \
	X("'%s' was %s: that has passed", \
	  "„%s“ war %s: das ist vorbei", \
	  "« %s », c’était %s : c’est passé", \
	  "«%s» fue el %s: ya ha pasado") \
	X("%s; name a later time, as `%s tomorrow`", \
	  "%s; nennen Sie einen späteren Zeitpunkt, etwa `%s tomorrow`", \
	  "%s ; donnez un moment plus tardif, comme `%s tomorrow`", \
	  "%s; diga un momento posterior, como `%s tomorrow`") \
	X("“%s” has passed", "„%s“ ist vorbei", "« %s » est passé", "«%s» ya ha pasado") \
	X("“%s” can be read in two ways; write the day in full, as `12 dec` or `3d`", \
	  "„%s“ lässt sich auf zwei Arten lesen; schreiben Sie den Tag aus, etwa `12 dec` oder `3d`", \
	  "« %s » peut se lire de deux façons ; écrivez le jour en entier, comme `12 dec` ou `3d`", \
	  "«%s» puede leerse de dos maneras; escriba el día entero, como `12 dec` o `3d`") \
	X("“%s” names no day; write one, as `tomorrow`, `friday`, `2w`", \
	  "„%s“ nennt keinen Tag; schreiben Sie einen, etwa `tomorrow`, `friday`, `2w`", \
	  "« %s » ne donne pas de jour ; écrivez-en un, comme `tomorrow`, `friday`, `2w`", \
	  "«%s» no dice ningún día; escriba uno, como `tomorrow`, `friday`, `2w`") \
	X("“%s”: there is no such day", \
	  "„%s“: diesen Tag gibt es nicht", \
	  "« %s » : ce jour n’existe pas", \
	  "«%s»: ese día no existe") \
	X("“%s” is no time of day; as `14:30` or `2:30pm`", \
	  "„%s“ ist keine Uhrzeit; so geht es: `14:30` oder `2:30pm`", \
	  "« %s » n’est pas une heure ; comme `14:30` ou `2:30pm`", \
	  "«%s» no es una hora; como `14:30` o `2:30pm`") \
	X("“%s” is no date that I can read; as `friday`, `3d`, `12 dec`, `2026-12-04`", \
	  "„%s“ lese ich nicht als Datum; so geht es: `friday`, `3d`, `12 dec`, `2026-12-04`", \
	  "« %s » n’est pas une date que je sais lire ; comme `friday`, `3d`, `12 dec`, `2026-12-04`", \
	  "«%s» no lo leo como fecha; como `friday`, `3d`, `12 dec`, `2026-12-04`") \
	/* what a last look at a mail found */ \
	X("It says “%s”, and nothing is attached.", \
	  "Darin steht „%s“, und nichts hängt an.", \
	  "Il dit « %s », et rien n’est joint.", \
	  "Dice «%s», y no lleva nada adjunto.") \
	X("What you promised is not in it: “%s”. It holds neither a file nor a link to one.", \
	  "Was Sie versprochen haben, ist nicht darin: „%s“. Weder eine Datei noch ein Link darauf ist " \
	  "dabei.", \
	  "Ce que vous avez promis n’y est pas : « %s ». Il ne contient ni fichier ni lien.", \
	  "Lo que prometió no está: «%s». No lleva ni archivo ni enlace.") \
	X("What you promised may not be in it: “%s”. It holds %s, and nothing in it is named so.", \
	  "Was Sie versprochen haben, ist vielleicht nicht darin: „%s“. Dabei ist %s, und nichts darin " \
	  "heißt so.", \
	  "Ce que vous avez promis n’y est peut-être pas : « %s ». Il contient %s, et rien ne porte ce nom.", \
	  "Quizá no esté lo que prometió: «%s». Lleva %s, y nada se llama así.") \
	X("It holds what your stop list has: %s.", \
	  "Darin steht, was auf Ihrer Sperrliste steht: %s.", \
	  "Il contient ce que votre liste d’arrêt interdit : %s.", \
	  "Contiene lo que está en su lista de palabras vetadas: %s.") \
	X("“%s” is not approved yet.", \
	  "„%s“ ist noch nicht freigegeben.", \
	  "« %s » n’est pas encore approuvé.", \
	  "«%s» aún no está aprobado.") \
	X("“%s” is past its approval.", \
	  "Die Freigabe von „%s“ ist abgelaufen.", \
	  "L’approbation de « %s » a expiré.", \
	  "La aprobación de «%s» ha caducado.") \
	X("“%s” was retired.", "„%s“ ist zurückgezogen.", "« %s » a été retiré.", "«%s» se ha retirado.") \
	X("Their question may still stand unanswered: “%s”", \
	  "Ihre Frage ist vielleicht noch unbeantwortet: „%s“", \
	  "Leur question reste peut-être sans réponse : « %s »", \
	  "Quizá su pregunta siga sin respuesta: «%s»") \
	X("%s is not known, and looks like a slip: it is %s with a letter or two wrong.", \
	  "%s ist unbekannt und sieht nach einem Versehen aus: es ist %s mit ein, zwei falschen Buchstaben.", \
	  "%s est inconnu et ressemble à une erreur : c’est %s à une ou deux lettres près.", \
	  "%s no es conocida y parece un error: es %s con una o dos letras mal.") \
	X("%s is not known, and looks like a slip: it is %s but for the ending of its domain.", \
	  "%s ist unbekannt und sieht nach einem Versehen aus: es ist %s bis auf die Endung der Domain.", \
	  "%s est inconnu et ressemble à une erreur : c’est %s sauf la fin du domaine.", \
	  "%s no es conocida y parece un error: es %s salvo el final del dominio.") \
	X("%s is not known, and looks like a slip: it is %s at another domain.", \
	  "%s ist unbekannt und sieht nach einem Versehen aus: es ist %s bei einer anderen Domain.", \
	  "%s est inconnu et ressemble à une erreur : c’est %s dans un autre domaine.", \
	  "%s no es conocida y parece un error: es %s en otro dominio.") \
	X("It was promised to %s, and goes to %s.", \
	  "Versprochen war es %s, und es geht an %s.", \
	  "C’était promis à %s, et cela part à %s.", \
	  "Se le prometió a %s, y va a %s.") \
	X("It holds “%s”, whose file is not what was approved: %s.", \
	  "Darin ist „%s“, dessen Datei nicht die freigegebene ist: %s.", \
	  "Il contient « %s », dont le fichier n’est pas celui qui a été approuvé : %s.", \
	  "Lleva «%s», cuyo archivo no es el que se aprobó: %s.") \
	X("%s gets more mail from you than caps.recipient_day allows in a day (%d).", \
	  "%s bekommt mehr Mails von Ihnen, als caps.recipient_day am Tag erlaubt (%d).", \
	  "%s reçoit de vous plus de messages que caps.recipient_day n’en permet par jour (%d).", \
	  "%s recibe de usted más correos de los que permite caps.recipient_day al día (%d).") \
	/* a mail that did not arrive */ \
	X("The mail **%s** to %s %s.\n\nWhy: %s\n", \
	  "Die Mail **%s** an %s %s.\n\nWarum: %s\n", \
	  "Le message **%s** à %s %s.\n\nPourquoi : %s\n", \
	  "El mensaje **%s** a %s %s.\n\nPor qué: %s\n") \
	X("was refused", "wurde abgelehnt", "a été refusé", "fue rechazado") \
	X("was stopped", "wurde angehalten", "a été arrêté", "fue detenido") \
	X("could not be delivered for five days", \
	  "war fünf Tage lang nicht zuzustellen", \
	  "n’a pu être remis pendant cinq jours", \
	  "no se pudo entregar en cinco días") \
	X("may or may not have arrived; it is not sent again by itself", \
	  "kam vielleicht an, vielleicht nicht; von selbst geht sie nicht noch einmal", \
	  "est peut-être arrivé, peut-être non ; il n’est pas renvoyé de lui-même", \
	  "quizá llegó, quizá no; no se envía otra vez por sí solo") \
	X("To me alone: %s", "Nur an mich: %s", "À moi seul : %s", "Solo a mí: %s") \
	X("%s%s%s%s wrote to my address and not to yours, in the conversation of **\\#%lld** %s:\n\n> " \
	  "%s\n\nI answer nobody but you; it is yours to write to them.\n", \
	  "%s%s%s%s schrieb an meine Adresse und nicht an Ihre, im Gespräch zu **\\#%lld** %s:\n\n> " \
	  "%s\n\nIch antworte niemandem außer Ihnen; zu schreiben ist Ihre Sache.\n", \
	  "%s%s%s%s a écrit à mon adresse et non à la vôtre, dans la conversation de **\\#%lld** %s :\n\n> " \
	  "%s\n\nJe ne réponds qu’à vous ; c’est à vous de leur écrire.\n", \
	  "%s%s%s%s escribió a mi dirección y no a la suya, en la conversación de **\\#%lld** %s:\n\n> " \
	  "%s\n\nSolo le respondo a usted; le toca a usted escribirles.\n") \
	/* help */ \
	X("How to answer me", "So antworten Sie mir", "Comment me répondre", "Cómo responderme") \
	X("the promise is kept; `done: what you did` keeps a note", \
	  "das Versprechen ist erfüllt; `done: was Sie taten` merkt es an", \
	  "la promesse est tenue ; `done: ce que vous avez fait` en garde note", \
	  "la promesa está cumplida; `done: lo que hizo` lo anota") \
	X("remind me again later; the due day stays: `snooze friday`", \
	  "später wieder erinnern; der fällige Tag bleibt: `snooze friday`", \
	  "me le rappeler plus tard ; l’échéance reste : `snooze friday`", \
	  "recuérdemelo más tarde; el día de vencimiento sigue: `snooze friday`") \
	X("the promise is due at another time: `due 12 dec`", \
	  "das Versprechen ist zu einer anderen Zeit fällig: `due 12 dec`", \
	  "la promesse est due à un autre moment : `due 12 dec`", \
	  "la promesa vence en otro momento: `due 12 dec`") \
	X("the promise is called off: `cancel: no longer needed`", \
	  "das Versprechen ist abgesagt: `cancel: nicht mehr nötig`", \
	  "la promesse est annulée : `cancel: plus nécessaire`", \
	  "la promesa se cancela: `cancel: ya no hace falta`") \
	X("the prepared mail may go out", \
	  "die vorbereitete Mail darf hinaus", \
	  "le message préparé peut partir", \
	  "el mensaje preparado puede salir") \
	X("the prepared mail is dropped", \
	  "die vorbereitete Mail ist verworfen", \
	  "le message préparé est abandonné", \
	  "el mensaje preparado se descarta") \
	X("the prepared mail goes out with this text instead", \
	  "die vorbereitete Mail bekommt stattdessen diesen Text", \
	  "le message préparé prend ce texte", \
	  "el mensaje preparado lleva este texto") \
	X("put a note to the promise: `note she prefers the phone`", \
	  "eine Notiz zum Versprechen: `note lieber telefonisch`", \
	  "une note à la promesse : `note préfère le téléphone`", \
	  "una nota para la promesa: `note prefiere el teléfono`") \
	X("it is the other side's turn; I ask again then: `wait friday`", \
	  "die anderen sind am Zug; dann frage ich wieder: `wait friday`", \
	  "c’est à eux de jouer ; je redemande alors : `wait friday`", \
	  "les toca a ellos; vuelvo a preguntar entonces: `wait friday`") \
	X("it was promised to this address: `who rossi@example.com`", \
	  "es war dieser Adresse versprochen: `who rossi@example.com`", \
	  "c’était promis à cette adresse : `who rossi@example.com`", \
	  "se le prometió a esta dirección: `who rossi@example.com`") \
	X("this is what was promised: `what: the subgroup data`", \
	  "das war versprochen: `what: die Subgruppendaten`", \
	  "voici ce qui était promis : `what: les données par sous-groupe`", \
	  "esto es lo prometido: `what: los datos por subgrupos`") \
	X("route it to this team", "an dieses Team geben", "le confier à cette équipe", "dárselo a este equipo") \
	X("it comes again: `every 2 weeks`", \
	  "es kommt wieder: `every 2 weeks`", \
	  "cela revient : `every 2 weeks`", \
	  "se repite: `every 2 weeks`") \
	X("the check-in is at this time", \
	  "das Treffen ist zu dieser Zeit", \
	  "le rendez-vous est à cette heure", \
	  "la reunión es a esta hora") \
	X("what stands open", "was offen ist", "ce qui est ouvert", "lo que está abierto") \
	X("end a pause; in answer to what stopped mail to somebody, it goes on", \
	  "eine Pause beenden; als Antwort darauf, was Mail an jemanden anhielt: sie geht weiter", \
	  "mettre fin à une pause ; en réponse à ce qui a arrêté les messages à quelqu’un, ils reprennent", \
	  "termina una pausa; en respuesta a lo que detuvo el correo a alguien, sigue") \
	X("how to answer", "wie man antwortet", "comment répondre", "cómo responder") \
	X("no reminders until then: `pause monday`", \
	  "bis dahin keine Erinnerungen: `pause monday`", \
	  "aucun rappel jusque-là : `pause monday`", \
	  "sin recordatorios hasta entonces: `pause monday`") \
	X("take the last change back", \
	  "die letzte Änderung zurücknehmen", \
	  "revenir sur le dernier changement", \
	  "deshacer el último cambio") \
	X("accept what was proposed, or a held message: `accept h3`", \
	  "annehmen, was vorgeschlagen ist, oder eine zurückgehaltene Nachricht: `accept h3`", \
	  "accepter ce qui est proposé, ou un message retenu : `accept h3`", \
	  "aceptar lo propuesto, o un mensaje retenido: `accept h3`") \
	X("decline what was proposed", \
	  "ablehnen, was vorgeschlagen ist", \
	  "décliner ce qui est proposé", \
	  "rechazar lo propuesto") \
	X("a topic this person wants to hear of", \
	  "ein Thema, von dem diese Person hören will", \
	  "un sujet dont cette personne veut avoir des nouvelles", \
	  "un tema del que esta persona quiere saber") \
	X("something learnt in the field", \
	  "etwas, das Sie draußen erfahren haben", \
	  "ce que vous avez appris sur le terrain", \
	  "algo aprendido sobre el terreno") \
	X("you spoke in person", \
	  "Sie haben persönlich gesprochen", \
	  "vous vous êtes parlé de vive voix", \
	  "hablaron en persona") \
	X("an exchange by another channel", \
	  "ein Austausch auf anderem Weg", \
	  "un échange par un autre canal", \
	  "un contacto por otro canal") \
	X("how far you are with this person: `stage developing`; `stage no`: as it is", \
	  "wie weit Sie mit dieser Person sind: `stage developing`; `stage no`: wie es ist", \
	  "où vous en êtes avec cette personne : `stage developing` ; `stage no` : sans changement", \
	  "cómo está con esta persona: `stage developing`; `stage no`: como está") \
	X("a possible adverse event was reported, or is none", \
	  "ein mögliches unerwünschtes Ereignis ist gemeldet oder ist keines", \
	  "un possible événement indésirable a été déclaré, ou n’en est pas un", \
	  "un posible acontecimiento adverso se ha notificado, o no lo es") \
	X("yes to what the mail asked", \
	  "ja auf die Frage der Mail", \
	  "oui à ce que le message demandait", \
	  "sí a lo que preguntaba el mensaje") \
	X("no to what the mail asked", \
	  "nein auf die Frage der Mail", \
	  "non à ce que le message demandait", \
	  "no a lo que preguntaba el mensaje") \
	X("a promise, in the answer to a sweep", \
	  "ein Versprechen, in der Antwort auf die Frage nach Versprochenem", \
	  "une promesse, en réponse au tour des promesses", \
	  "una promesa, en la respuesta al repaso") \
	X("nothing was promised, in the answer to a sweep", \
	  "nichts versprochen, in der Antwort auf die Frage nach Versprochenem", \
	  "rien n’a été promis, en réponse au tour des promesses", \
	  "no se prometió nada, en la respuesta al repaso") \
	/* an account that is open no more */ \
	X("The login of %s has ended", "Die Anmeldung von %s ist beendet", "La connexion de %s a pris fin", "El acceso de %s ha terminado") \
	X("I may no longer use the account %s.\n\nWhy: %s\n\nTo let me in again: `kept login %s`. Until then what goes by it waits; nothing is lost.\n", \
	  "Ich darf das Konto %s nicht mehr benutzen.\n\nWarum: %s\n\nUm mich wieder hineinzulassen: `kept login %s`. Bis dahin wartet, was darüber läuft; nichts geht verloren.\n", \
	  "Je ne peux plus utiliser le compte %s.\n\nPourquoi : %s\n\nPour m’y donner accès de nouveau : `kept login %s`. D’ici là, ce qui passe par lui attend ; rien n’est perdu.\n", \
	  "Ya no puedo usar la cuenta %s.\n\nPor qué: %s\n\nPara volver a darme acceso: `kept login %s`. Hasta entonces espera lo que pasa por ella; nada se pierde.\n")

#endif
