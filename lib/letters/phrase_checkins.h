/* phrase_checkins - what kept says of check-ins and to those invited, in the languages of the shipped templates
 *
 * Law:     as phrase_answers.h.
 * Tests:   tests/phrase.c, tests/tongue.c
 */
#ifndef KEPT_LETTERS_PHRASE_CHECKINS_H
#define KEPT_LETTERS_PHRASE_CHECKINS_H

#define CHECKINS(X) \
	/* what becomes of a meeting */ \
	X("**c%lld** “%s” with %s: %s.", \
	  "**c%lld** „%s“ mit %s: %s.", \
	  "**c%lld** « %s » avec %s : %s.", \
	  "**c%lld** «%s» con %s: %s.") \
	X("**c%lld** “%s”: the one of %s begins %s now; the others stay.", \
	  "**c%lld** „%s“: der Termin vom %s beginnt jetzt %s; die anderen bleiben.", \
	  "**c%lld** « %s » : le rendez-vous du %s commence maintenant le %s ; les autres restent.", \
	  "**c%lld** «%s»: la reunión del %s empieza ahora el %s; las demás siguen igual.") \
	X("**c%lld** “%s”: the one of %s is called off; the others stay.", \
	  "**c%lld** „%s“: der Termin vom %s ist abgesagt; die anderen bleiben.", \
	  "**c%lld** « %s » : le rendez-vous du %s est annulé ; les autres restent.", \
	  "**c%lld** «%s»: la reunión del %s queda cancelada; las demás siguen igual.") \
	X("**c%lld** “%s” is called off.", \
	  "**c%lld** „%s“ ist abgesagt.", \
	  "**c%lld** « %s » est annulé.", \
	  "**c%lld** «%s» queda cancelada.") \
	X("**c%lld** “%s” stays as it is.", \
	  "**c%lld** „%s“ bleibt, wie es ist.", \
	  "**c%lld** « %s » reste tel quel.", \
	  "**c%lld** «%s» sigue como está.") \
	X("what was moved or called off of the series before is part of it again.", \
	  "was vorher aus der Reihe verlegt oder abgesagt war, gehört wieder dazu.", \
	  "ce qui avait été déplacé ou annulé dans la série en fait de nouveau partie.", \
	  "lo que antes se había movido o cancelado de la serie vuelve a formar parte de ella.") \
	X("at %d:%02d, since no hour was named; `kept checkin move %lld --at 2pm` is another.", \
	  "um %d:%02d, da keine Uhrzeit genannt war; `kept checkin move %lld --at 2pm` ist eine andere.", \
	  "à %d:%02d, puisqu’aucune heure n’était indiquée ; `kept checkin move %lld --at 2pm` en donne une " \
	  "autre.", \
	  "a las %d:%02d, ya que no se indicó la hora; `kept checkin move %lld --at 2pm` la cambia.") \
	X("at %d:%02d as before, since no hour was named; `kept checkin move %lld --at 2pm` is another.", \
	  "um %d:%02d wie bisher, da keine Uhrzeit genannt war; `kept checkin move %lld --at 2pm` ist eine " \
	  "andere.", \
	  "à %d:%02d comme avant, puisqu’aucune heure n’était indiquée ; `kept checkin move %lld --at 2pm` en " \
	  "donne une autre.", \
	  "a las %d:%02d como antes, ya que no se indicó la hora; `kept checkin move %lld --at 2pm` la cambia.") \
	X("it was not sent at once. Look at this first: %s", \
	  "sie ging nicht sofort hinaus. Sehen Sie sich zuerst dies an: %s", \
	  "il n’est pas parti aussitôt. Regardez d’abord ceci : %s", \
	  "no salió enseguida. Mire esto primero: %s") \
	X("Moved: %s", "Verschoben: %s", "Déplacé : %s", "Nueva hora: %s") \
	X("Called off: %s", "Abgesagt: %s", "Annulé : %s", "Cancelado: %s") \
	X("the entry in your own calendar comes along.", \
	  "der Eintrag in Ihrem eigenen Kalender liegt bei.", \
	  "l’entrée de votre propre agenda est jointe.", \
	  "la entrada de su propio calendario va adjunta.") \
	X("%s\n\nThe entry in your own calendar follows.\n", \
	  "%s\n\nDer Eintrag in Ihrem eigenen Kalender folgt.\n", \
	  "%s\n\nL’entrée de votre propre agenda suit.\n", \
	  "%s\n\nLa entrada de su propio calendario se ajusta.\n") \
	X("Invited: %s, %s", "Eingeladen: %s, %s", "Invitation envoyée : %s, %s", "Invitación enviada: %s, %s") \
	X("Told of the change: %s, %s", \
	  "Von der Änderung benachrichtigt: %s, %s", \
	  "Changement annoncé : %s, %s", \
	  "Cambio comunicado: %s, %s") \
	X("The invitation to %s went out for “%s”, %s. The entry for your own calendar comes along.\n\nTo " \
	  "change it, answer `at` and another time, or `cancel`. `kept checkin show %lld` shows what they " \
	  "answer.\n", \
	  "Die Einladung an %s ist hinausgegangen: „%s“, %s. Der Eintrag für Ihren eigenen Kalender liegt bei." \
	  "\n\nUm es zu ändern, antworten Sie `at` und einen anderen Termin, oder `cancel`. `kept checkin show " \
	  "%lld` zeigt, was geantwortet wird.\n", \
	  "L’invitation à %s est partie pour « %s », %s. L’entrée pour votre propre agenda est jointe.\n\nPour " \
	  "la changer, répondez `at` et un autre moment, ou `cancel`. `kept checkin show %lld` montre les " \
	  "réponses.\n", \
	  "La invitación a %s ha salido: «%s», %s. La entrada para su propio calendario va adjunta.\n\nPara " \
	  "cambiarla, responda `at` y otra hora, o `cancel`. `kept checkin show %lld` muestra lo que responden." \
	  "\n") \
	X("The change to %s went out for “%s”, %s. The entry for your own calendar comes along.\n\nTo change " \
	  "it, answer `at` and another time, or `cancel`. `kept checkin show %lld` shows what they answer.\n", \
	  "Die Änderung an %s ist hinausgegangen: „%s“, %s. Der Eintrag für Ihren eigenen Kalender liegt bei." \
	  "\n\nUm es zu ändern, antworten Sie `at` und einen anderen Termin, oder `cancel`. `kept checkin show " \
	  "%lld` zeigt, was geantwortet wird.\n", \
	  "Le changement annoncé à %s est parti pour « %s », %s. L’entrée pour votre propre agenda est jointe." \
	  "\n\nPour la changer, répondez `at` et un autre moment, ou `cancel`. `kept checkin show %lld` montre " \
	  "les réponses.\n", \
	  "El cambio para %s ha salido: «%s», %s. La entrada para su propio calendario va adjunta.\n\nPara " \
	  "cambiarla, responda `at` y otra hora, o `cancel`. `kept checkin show %lld` muestra lo que responden." \
	  "\n") \
	/* taken back */ \
	X("what was changed last is taken back. It is as before:", \
	  "was zuletzt geändert wurde, ist zurückgenommen. Es ist wie vorher:", \
	  "le dernier changement est retiré. C’est comme avant :", \
	  "se deshizo el último cambio. Está como antes:") \
	X("**c%lld** “%s” is taken back: nobody was invited.", \
	  "**c%lld** „%s“ ist zurückgenommen: niemand wurde eingeladen.", \
	  "**c%lld** « %s » est retiré : personne n’a été invité.", \
	  "**c%lld** «%s» queda deshecha: no se invitó a nadie.") \
	X("c%lld: that it stays has gone out already; `%s` and a time moves it", \
	  "c%lld: dass es bleibt, ist schon mitgeteilt; `%s` und ein Termin verschiebt es", \
	  "c%lld : il est déjà annoncé qu’il est maintenu ; `%s` et un horaire le déplace", \
	  "c%lld: ya se comunicó que se mantiene; `%s` y una hora la mueve") \
	X("c%lld: the invitation has gone out already; `%s` calls it off", \
	  "c%lld: die Einladung ist schon hinausgegangen; `%s` sagt es ab", \
	  "c%lld : l’invitation est déjà partie ; `%s` l’annule", \
	  "c%lld: la invitación ya ha salido; `%s` la cancela") \
	X("c%lld: that it is called off has gone out already; a new one is made by `kept checkin add`", \
	  "c%lld: die Absage ist schon hinausgegangen; ein neues Gespräch setzt `kept checkin add` an", \
	  "c%lld : l’annulation est déjà partie ; `kept checkin add` en crée un nouveau", \
	  "c%lld: la cancelación ya ha salido; `kept checkin add` crea otra") \
	X("c%lld: the change has gone out already; `%s` and the time of before, %s, moves it back", \
	  "c%lld: die Änderung ist schon hinausgegangen; `%s` und die vorherige Zeit, %s, verlegt es zurück", \
	  "c%lld : le changement est déjà parti ; `%s` et l’horaire d’avant, %s, le remet comme avant", \
	  "c%lld: el cambio ya ha salido; `%s` y la hora de antes, %s, la devuelve a su sitio") \
	X("c%lld: the time of before, %s, has passed; `%s` and a time moves it", \
	  "c%lld: die vorherige Zeit, %s, ist vorbei; `%s` und ein Termin verschiebt es", \
	  "c%lld : l’horaire d’avant, %s, est passé ; `%s` et un horaire le déplace", \
	  "c%lld: la hora de antes, %s, ya ha pasado; `%s` y una hora la mueve") \
	X("a change to it was taken back", \
	  "eine Änderung daran ist zurückgenommen", \
	  "un changement a été retiré", \
	  "se deshizo un cambio") \
	/* mail about it that came back */ \
	X("A mail to %s came back%s. I prepare nothing more for that address.\n", \
	  "Eine Mail an %s kam zurück%s. Ich bereite für diese Adresse nichts mehr vor.\n", \
	  "Un message à %s est revenu%s. Je ne prépare plus rien pour cette adresse.\n", \
	  "Un mensaje a %s fue devuelto%s. No preparo nada más para esa dirección.\n") \
	X("\nIt was about this meeting, and has not reached them:\n\n%s", \
	  "\nEs ging um dieses Gespräch, und sie ist nicht angekommen:\n\n%s", \
	  "\nIl concernait cet entretien, et ne leur est pas parvenu :\n\n%s", \
	  "\nEra sobre esta reunión, y no les ha llegado:\n\n%s") \
	X("\nThe invitation to them waits, since it would come back too:\n\n%s\nIf the address works again: `kept contact " \
	  "%s --bounced no`, and then `kept checkin send %s`; `skip` in place of `send` drops it.\n", \
	  "\nDie Einladung an sie wartet, da auch sie zurückkäme:\n\n%s\nWenn die Adresse wieder geht: `kept contact %s " \
	  "--bounced no`, und dann `kept checkin send %s`; `skip` statt `send` verwirft sie.\n", \
	  "\nL’invitation attend, puisqu’elle reviendrait aussi :\n\n%s\nSi l’adresse fonctionne de nouveau : `kept contact " \
	  "%s --bounced no`, puis `kept checkin send %s` ; `skip` au lieu de `send` l’abandonne.\n", \
	  "\nLa invitación espera, pues también sería devuelta:\n\n%s\nSi la dirección vuelve a funcionar: `kept contact %s " \
	  "--bounced no`, y después `kept checkin send %s`; `skip` en lugar de `send` la descarta.\n") \
	/* mail to those invited */ \
	X("the mail to %s waits for your word: answer `send` to the one that shows it, or `kept checkin send " \
	  "%lld`.", \
	  "die Mail an %s wartet auf Ihr Wort: antworten Sie `send` auf die, die sie zeigt, oder `kept checkin " \
	  "send %lld`.", \
	  "le message à %s attend votre accord : répondez `send` à celui qui le montre, ou `kept checkin send " \
	  "%lld`.", \
	  "el mensaje a %s espera su palabra: responda `send` al que lo muestra, o `kept checkin send %lld`.") \
	X("the mail to %s leaves %s.", \
	  "die Mail an %s geht hinaus: %s.", \
	  "le message à %s part : %s.", \
	  "el mensaje a %s sale el %s.") \
	X("the mail to %s leaves %s, since %s.", \
	  "die Mail an %s geht hinaus: %s. Der Grund: %s.", \
	  "le message à %s part : %s. La raison : %s.", \
	  "el mensaje a %s sale el %s. El motivo: %s.") \
	X("the mail to %s is on its way.", \
	  "die Mail an %s ist unterwegs.", \
	  "le message à %s est en route.", \
	  "el mensaje a %s está en camino.") \
	X("nothing goes to %s: %s.", "an %s geht nichts: %s.", "rien ne part à %s : %s.", "a %s no sale nada: %s.") \
	X("I do not read %s, to which they answer: what they say you see there yourself, and I do not note it.", \
	  "%s, wohin die Antworten gehen, lese ich nicht: was geantwortet wird, sehen Sie dort selbst, und ich " \
	  "notiere es nicht.", \
	  "je ne lis pas %s, où ils répondent : ce qu’ils disent, vous l’y voyez vous-même, et je n’en garde " \
	  "pas note.", \
	  "no leo %s, adonde responden: lo que digan lo verá usted allí, y no lo anoto.") \
	X("the mail to %s was not sent. Look at this first; to send it as it is, say `send` once more:", \
	  "die Mail an %s ging nicht hinaus. Sehen Sie sich zuerst dies an; um sie zu senden, wie sie ist, " \
	  "sagen Sie noch einmal `send`:", \
	  "le message à %s n’est pas parti. Regardez d’abord ceci ; pour l’envoyer tel quel, dites encore une " \
	  "fois `send` :", \
	  "el mensaje a %s no se envió. Mire esto primero; para enviarlo tal cual, diga `send` otra vez:") \
	X("the mail to %s was not sent: %s.", \
	  "die Mail an %s ging nicht hinaus: %s.", \
	  "le message à %s n’est pas parti : %s.", \
	  "el mensaje a %s no se envió: %s.") \
	X("the mail to %s is dropped.", \
	  "die Mail an %s ist verworfen.", \
	  "le message à %s est abandonné.", \
	  "el mensaje a %s se descarta.") \
	X("nobody was invited. `kept checkin cancel %lld` ends it.", \
	  "niemand wurde eingeladen. `kept checkin cancel %lld` beendet es.", \
	  "personne n’a été invité. `kept checkin cancel %lld` y met fin.", \
	  "no se invitó a nadie. `kept checkin cancel %lld` lo termina.") \
	X("the check-in is as you changed it; they do not know. `kept checkin show %lld` has it.", \
	  "der Termin ist so, wie Sie ihn geändert haben; dort weiß man es nicht. `kept checkin show %lld` " \
	  "zeigt ihn.", \
	  "le rendez-vous est tel que vous l’avez changé ; ils n’en savent rien. `kept checkin show %lld` le " \
	  "montre.", \
	  "la reunión queda como la cambió; no lo saben. `kept checkin show %lld` la muestra.") \
	/* why no mail goes to somebody, or not yet */ \
	X("their segment is none: nothing is prepared for them", \
	  "für diese Person wird nichts vorbereitet (ihr Segment ist none)", \
	  "rien n’est préparé pour cette personne (son segment est none)", \
	  "no se prepara nada para esta persona (su segmento es none)") \
	X("they do not want to be written to", \
	  "man möchte dort keine Mails", \
	  "cette personne ne veut pas recevoir de messages", \
	  "no quiere que se le escriba") \
	X("mail to their address came back", \
	  "Mail an diese Adresse kam zurück", \
	  "un message à cette adresse est revenu", \
	  "el correo a esa dirección ha vuelto") \
	X("I cannot write to an address that has letters outside ASCII", \
	  "an eine Adresse mit Zeichen außerhalb von ASCII kann ich nicht schreiben", \
	  "je ne peux pas écrire à une adresse dont des lettres sont hors de l’ASCII", \
	  "no puedo escribir a una dirección con letras fuera de ASCII") \
	X("nobody to write to is known", \
	  "niemand ist bekannt, dem zu schreiben wäre", \
	  "personne à qui écrire n’est connu", \
	  "no se conoce a nadie a quien escribir") \
	X("the policy prepares nothing for others", \
	  "die Regel (policy) bereitet für andere nichts vor", \
	  "la règle (policy) ne prépare rien pour d’autres", \
	  "la política (policy) no prepara nada para otros") \
	X("a possible adverse event was mentioned: nothing goes outside until you answer `safety reported` or " \
	  "`safety no`", \
	  "ein mögliches unerwünschtes Ereignis wurde erwähnt: nichts geht hinaus, bis Sie `safety reported` " \
	  "oder `safety no` antworten", \
	  "un possible événement indésirable a été mentionné : rien ne sort tant que vous n’avez pas répondu " \
	  "`safety reported` ou `safety no`", \
	  "se mencionó un posible acontecimiento adverso: no sale nada hasta que responda `safety reported` o " \
	  "`safety no`") \
	X("mail to this address came back: nothing goes there", \
	  "Mail an diese Adresse kam zurück: dorthin geht nichts", \
	  "un message à cette adresse est revenu : rien n’y part", \
	  "el correo a esta dirección ha vuelto: no sale nada hacia allí") \
	X("they had such a mail today already: one of a kind a day", \
	  "eine solche Mail gab es dort heute schon: eine jeder Art am Tag", \
	  "un tel message leur est déjà parvenu aujourd’hui : un de chaque sorte par jour", \
	  "hoy ya recibió un mensaje así: uno de cada clase al día") \
	X("the cap of mails in an hour is reached (caps.hour)", \
	  "die Grenze der Mails in einer Stunde ist erreicht (caps.hour)", \
	  "la limite de messages par heure est atteinte (caps.hour)", \
	  "se alcanzó el límite de mensajes por hora (caps.hour)") \
	X("the cap of mails to one recipient a day is reached (caps.recipient_day)", \
	  "die Grenze der Mails an eine Adresse am Tag ist erreicht (caps.recipient_day)", \
	  "la limite de messages par jour à une même adresse est atteinte (caps.recipient_day)", \
	  "se alcanzó el límite de mensajes al día a una misma dirección (caps.recipient_day)") \
	X("the cap of mails to one person that leave without a word is reached (caps.contact_week)", \
	  "die Grenze der Mails an eine Person, die ohne Ihr Wort hinausgehen, ist erreicht (caps.contact_week)", \
	  "la limite de messages à une même personne qui partent sans votre accord est atteinte " \
	  "(caps.contact_week)", \
	  "se alcanzó el límite de mensajes a una misma persona que salen sin su palabra (caps.contact_week)") \
	X("quiet hours or a day off: it leaves when they end", \
	  "Ruhezeit oder ein freier Tag: danach geht sie hinaus", \
	  "heures calmes ou jour chômé : il part ensuite", \
	  "horas de descanso o día libre: sale cuando terminen") \
	/* why the owner is asked about such a mail */ \
	X("c%lld is no series: there is only the one", \
	  "c%lld ist keine Reihe: es gibt nur den einen Termin", \
	  "c%lld n’est pas une série : il n’y a que celui-là", \
	  "c%lld no es una serie: solo hay esa") \
	X("none of c%lld is on %s; `kept checkin show %lld` has the next ones", \
	  "keiner der Termine von c%lld ist am %s; `kept checkin show %lld` hat die nächsten", \
	  "aucun des rendez-vous de c%lld n’est le %s ; `kept checkin show %lld` montre les prochains", \
	  "ninguna de c%lld es el %s; `kept checkin show %lld` muestra las próximas") \
	X("a check-in was made", "ein Gespräch wurde angesetzt", "un entretien a été prévu", "se fijó una reunión") \
	X("it was moved", "es wurde verschoben", "il a été déplacé", "se movió") \
	X("it was changed", "es wurde geändert", "il a été modifié", "se cambió") \
	X("it is called off", "es ist abgesagt", "il est annulé", "queda cancelada") \
	X("the time that they proposed cannot be", \
	  "die vorgeschlagene Zeit geht nicht", \
	  "l’horaire proposé ne convient pas", \
	  "la hora que propusieron no puede ser") \
	X("you gave the summary of the check-in", \
	  "Sie haben das Gespräch zusammengefasst", \
	  "vous avez résumé l’entretien", \
	  "usted resumió la reunión") \
	X("you asked for times", \
	  "Sie haben nach Terminen gefragt", \
	  "vous avez demandé des horaires", \
	  "usted pidió horas") \
	X("what was heard in a check-in", \
	  "was in einem Gespräch zu hören war", \
	  "ce qui a été entendu lors d’un entretien", \
	  "lo que se oyó en una reunión") \
	/* is it a fit time? */ \
	X("**Look at the hour:** for %s it is %s, outside working hours.", \
	  "**Sehen Sie auf die Uhrzeit:** für %s ist es %s, außerhalb der Arbeitszeit.", \
	  "**Regardez l’heure :** pour %s, c’est %s, hors des heures de travail.", \
	  "**Mire la hora:** para %s es el %s, fuera del horario de trabajo.") \
	X("yourself", "Sie selbst", "vous-même", "usted") \
	X("**Look at the day:** your calendar has something then.", \
	  "**Sehen Sie auf den Tag:** Ihr Kalender hat dann etwas.", \
	  "**Regardez la journée :** votre agenda contient quelque chose à ce moment-là.", \
	  "**Mire el día:** su calendario tiene algo a esa hora.") \
	X("**Look at the day:** you have “%s” (c%lld) then.", \
	  "**Sehen Sie auf den Tag:** dann haben Sie „%s“ (c%lld).", \
	  "**Regardez la journée :** vous avez « %s » (c%lld) à ce moment-là.", \
	  "**Mire el día:** a esa hora tiene «%s» (c%lld).") \
	X("**Look at the way:** for %s you noted `%s`, and an invitation goes by mail.", \
	  "**Sehen Sie auf den Weg:** für %s haben Sie `%s` notiert, und eine Einladung geht per Mail.", \
	  "**Regardez le moyen :** pour %s, vous avez noté `%s`, et une invitation part par courriel.", \
	  "**Mire el medio:** para %s anotó `%s`, y una invitación va por correo.") \
	X("that time is left out when the clocks change: it is an hour later", \
	  "diese Uhrzeit entfällt, wenn die Uhren umgestellt werden: es ist eine Stunde später", \
	  "cette heure n’existe pas lors du changement d’heure : c’est une heure plus tard", \
	  "esa hora no existe con el cambio de hora: es una hora más tarde") \
	X("that time is left out when the clocks change: it moves on", \
	  "diese Uhrzeit entfällt, wenn die Uhren umgestellt werden: sie rückt weiter", \
	  "cette heure n’existe pas lors du changement d’heure : elle est décalée", \
	  "esa hora no existe con el cambio de hora: se desplaza") \
	X("that is more than 300 days ahead: this year's has passed", \
	  "bis dahin sind es mehr als 300 Tage: in diesem Jahr ist der Tag vorbei", \
	  "c’est dans plus de 300 jours : celui de cette année est passé", \
	  "faltan más de 300 días: el de este año ya pasó") \
	X("moved off a day on which nobody works", \
	  "von einem Tag verlegt, an dem niemand arbeitet", \
	  "décalé d’un jour où personne ne travaille", \
	  "movido de un día en que nadie trabaja") \
	/* why nothing was done */ \
	X("nothing was changed: %s", \
	  "nichts wurde geändert: %s", \
	  "rien n’a été changé : %s", \
	  "no se cambió nada: %s") \
	X("an invitation goes out from your own address, and kept has no account of yours to send by: set up a " \
	  "submission whose `owner` you are (kept.conf(5))", \
	  "eine Einladung geht von Ihrer eigenen Adresse hinaus, und kept hat kein Konto von Ihnen, um sie zu " \
	  "senden: richten Sie eine submission ein, deren `owner` Sie sind (kept.conf(5))", \
	  "une invitation part de votre propre adresse, et kept n’a aucun compte de vous pour l’envoyer : " \
	  "configurez une submission dont vous êtes `owner` (kept.conf(5))", \
	  "una invitación sale de su propia dirección, y kept no tiene ninguna cuenta suya para enviarla: " \
	  "configure una submission de la que usted sea `owner` (kept.conf(5))") \
	X("more than %d people cannot be invited to one meeting", \
	  "mehr als %d Personen können nicht zu einem Termin eingeladen werden", \
	  "on ne peut pas inviter plus de %d personnes à un rendez-vous", \
	  "no se puede invitar a más de %d personas a una reunión") \
	X("with whom? a check-in needs an address (at most %d)", \
	  "mit wem? Ein Gespräch braucht eine Adresse (höchstens %d)", \
	  "avec qui ? Un entretien demande une adresse (%d au plus)", \
	  "¿con quién? Una reunión necesita una dirección (%d como máximo)") \
	X("%s is your own address: whom do you want to meet?", \
	  "%s ist Ihre eigene Adresse: wen möchten Sie treffen?", \
	  "%s est votre propre adresse : qui voulez-vous rencontrer ?", \
	  "%s es su propia dirección: ¿con quién quiere reunirse?") \
	X("%s: they do not want to be written to (consent never), so nobody can be invited there; `kept " \
	  "contact %s --consent open` lifts that", \
	  "%s: man möchte dort keine Mails (consent never), also kann dort niemand eingeladen werden; `kept " \
	  "contact %s --consent open` hebt das auf", \
	  "%s : cette personne ne veut pas de messages (consent never), on ne peut donc pas l’inviter ; `kept " \
	  "contact %s --consent open` lève cela", \
	  "%s: no quiere que se le escriba (consent never), así que no se le puede invitar; `kept contact %s " \
	  "--consent open` lo levanta") \
	X("c%lld is called off; a new one is made by `kept checkin add`", \
	  "c%lld ist abgesagt; ein neues Gespräch setzt `kept checkin add` an", \
	  "c%lld est annulé ; `kept checkin add` en crée un nouveau", \
	  "c%lld está cancelada; `kept checkin add` crea otra") \
	X("c%lld has no such time any more", \
	  "c%lld hat diesen Termin nicht mehr", \
	  "c%lld n’a plus cet horaire", \
	  "c%lld ya no tiene esa hora") \
	X("c%lld is over; say from when, as --at", \
	  "c%lld ist vorbei; sagen Sie, ab wann, mit --at", \
	  "c%lld est terminé ; dites à partir de quand, avec --at", \
	  "c%lld ya terminó; diga desde cuándo, con --at") \
	X("c%lld: there is no such check-in of yours; `kept checkin list` shows them", \
	  "c%lld: ein solches Gespräch haben Sie nicht; `kept checkin list` zeigt sie", \
	  "c%lld : vous n’avez pas cet entretien ; `kept checkin list` les montre", \
	  "c%lld: usted no tiene esa reunión; `kept checkin list` las muestra") \
	X("c%lld was %s: nobody needs to be invited any more; `kept checkin move` lets the series begin later", \
	  "c%lld war %s: einzuladen ist niemand mehr; `kept checkin move` lässt die Reihe später beginnen", \
	  "c%lld, c’était %s : plus personne n’est à inviter ; `kept checkin move` fait commencer la série " \
	  "plus tard", \
	  "c%lld fue el %s: ya no hay que invitar a nadie; `kept checkin move` hace que la serie empiece más " \
	  "tarde") \
	X("c%lld was %s: nobody needs to be invited any more", \
	  "c%lld war %s: einzuladen ist niemand mehr", \
	  "c%lld, c’était %s : plus personne n’est à inviter", \
	  "c%lld fue el %s: ya no hay que invitar a nadie") \
	X("no mail about c%lld waits for your word; nothing was done", \
	  "keine Mail zu c%lld wartet auf Ihr Wort; nichts wurde getan", \
	  "aucun message à propos de c%lld n’attend votre accord ; rien n’a été fait", \
	  "ningún mensaje sobre c%lld espera su palabra; no se hizo nada") \
	X("several propose another time for c%lld: say whose, as `kept checkin accept %lld --with ADDRESS`", \
	  "mehrere schlagen für c%lld eine andere Zeit vor: sagen Sie, wessen, so: `kept checkin accept %lld " \
	  "--with ADRESSE`", \
	  "plusieurs proposent un autre horaire pour c%lld : dites lequel, comme `kept checkin accept %lld " \
	  "--with ADRESSE`", \
	  "varios proponen otra hora para c%lld: diga la de quién, como `kept checkin accept %lld --with " \
	  "DIRECCIÓN`") \
	X("nobody proposes another time for c%lld", \
	  "für c%lld schlägt niemand eine andere Zeit vor", \
	  "personne ne propose un autre horaire pour c%lld", \
	  "nadie propone otra hora para c%lld") \
	X("the time that they proposed has passed", \
	  "die vorgeschlagene Zeit ist vorbei", \
	  "l’horaire proposé est passé", \
	  "la hora que propusieron ya ha pasado") \
	X("%s: that is in the quiet hours of %s; `--force` (on the terminal) takes it all the same", \
	  "%s: das liegt in der Ruhezeit von %s; `--force` (im Terminal) nimmt es trotzdem", \
	  "%s : c’est pendant les heures calmes de %s ; `--force` (au terminal) passe outre", \
	  "%s: eso cae en las horas de descanso de %s; `--force` (en el terminal) lo toma de todos modos") \
	X("%s: that is in your quiet hours; `--force` (on the terminal) takes it all the same", \
	  "%s: das liegt in Ihrer Ruhezeit; `--force` (im Terminal) nimmt es trotzdem", \
	  "%s : c’est pendant vos heures calmes ; `--force` (au terminal) passe outre", \
	  "%s: eso cae en sus horas de descanso; `--force` (en el terminal) lo toma de todos modos") \
	X("it comes again by a rule of several days, and the new time is on none of them; say how often too, " \
	  "with `every`", \
	  "es kommt an mehreren Tagen wieder, und die neue Zeit liegt an keinem davon; sagen Sie auch, wie " \
	  "oft, mit `every`", \
	  "cela revient plusieurs jours, et le nouvel horaire ne tombe sur aucun ; dites aussi la fréquence, " \
	  "avec `every`", \
	  "se repite varios días, y la nueva hora no cae en ninguno; diga también cada cuánto, con `every`") \
	X("'%s' does not say how often; as `every 2 weeks`, `quarterly`", \
	  "„%s“ sagt nicht, wie oft; so geht es: `every 2 weeks`, `quarterly`", \
	  "« %s » ne dit pas à quelle fréquence ; comme `every 2 weeks`, `quarterly`", \
	  "«%s» no dice cada cuánto; como `every 2 weeks`, `quarterly`") \
	X("'%s' has no day in the next years", \
	  "„%s“ hat in den nächsten Jahren keinen Tag", \
	  "« %s » n’a aucun jour dans les prochaines années", \
	  "«%s» no tiene ningún día en los próximos años") \
	X("that mail is about a check-in: `at` and a time moves it, `every` and how often makes it a series, " \
	  "`cancel` calls it off", \
	  "in dieser Mail geht es um ein Gespräch: `at` und ein Termin verschiebt es, `every` und wie oft " \
	  "macht eine Reihe daraus, `cancel` sagt es ab", \
	  "ce message concerne un entretien : `at` et un horaire le déplace, `every` et une fréquence en fait " \
	  "une série, `cancel` l’annule", \
	  "ese mensaje trata de una reunión: `at` y una hora la mueve, `every` y cada cuánto la hace serie, " \
	  "`cancel` la cancela") \
	X("decline what? It answers a mail in which somebody proposes another time for a check-in.", \
	  "was ablehnen? Es antwortet auf eine Mail, in der jemand für ein Gespräch eine andere Zeit " \
	  "vorschlägt.", \
	  "décliner quoi ? Cela répond à un message où quelqu’un propose un autre horaire pour un entretien.", \
	  "¿rechazar qué? Responde a un mensaje en el que alguien propone otra hora para una reunión.") \
	/* what was done, for a subject */ \
	X("%s: %s", "%s: %s", "%s : %s", "%s: %s") \
	X("Moved", "Verschoben", "Déplacé", "Nueva hora") \
	X("Sent", "Gesendet", "Envoyé", "Enviado") \
	X("Not sent", "Nicht gesendet", "Pas envoyé", "No enviado") \
	X("In your words", "In Ihren Worten", "Avec vos mots", "Con sus palabras") \
	X("It stays", "Es bleibt", "Inchangé", "Se mantiene") \
	X("A check-in", "Ein Gespräch", "Un entretien", "Una reunión") \
	/* what those invited answer */ \
	X("accepted", "zugesagt", "accepté", "aceptado") \
	X("declined", "abgesagt", "décliné", "rechazado") \
	X("perhaps", "vielleicht", "peut-être", "quizá") \
	X("delegated", "weitergegeben", "délégué", "delegado") \
	X("no answer", "keine Antwort", "sans réponse", "sin respuesta") \
	X("nobody", "niemand", "personne", "nadie") \
	X("Declined: %s, %s", "Absage von %s: %s", "Refus de %s : %s", "Rechazo de %s: %s") \
	X("%s declined “%s”, %s.%s\n\nTo propose another time answer `at` with it, as `at friday 3pm`; to call " \
	  "it off, `cancel`.\n", \
	  "%s hat abgesagt: „%s“, %s.%s\n\nUm eine andere Zeit vorzuschlagen, antworten Sie `at` mit ihr, etwa " \
	  "`at freitag 15 uhr`; um es abzusagen, `cancel`.\n", \
	  "%s a décliné « %s », %s.%s\n\nPour proposer un autre horaire, répondez `at` et cet horaire, comme " \
	  "`at friday 3pm` ; pour l’annuler, `cancel`.\n", \
	  "%s ha rechazado «%s», %s.%s\n\nPara proponer otra hora, responda `at` y la hora, como `at friday " \
	  "3pm`; para cancelarla, `cancel`.\n") \
	X("%s declined one of “%s”, %s.%s\n\nTo propose another time answer `at` with it, as `at friday 3pm`; " \
	  "to call it off, `cancel`.\n", \
	  "%s hat einen Termin abgesagt von „%s“, %s.%s\n\nUm eine andere Zeit vorzuschlagen, antworten Sie " \
	  "`at` mit ihr, etwa `at freitag 15 uhr`; um es abzusagen, `cancel`.\n", \
	  "%s a décliné un des rendez-vous de « %s », %s.%s\n\nPour proposer un autre horaire, répondez `at` " \
	  "et cet horaire, comme `at friday 3pm` ; pour l’annuler, `cancel`.\n", \
	  "%s ha rechazado una de las reuniones de «%s», %s.%s\n\nPara proponer otra hora, responda `at` y la " \
	  "hora, como `at friday 3pm`; para cancelarla, `cancel`.\n") \
	X("Somebody else comes: %s, %s", \
	  "Jemand anderes kommt für %s: %s", \
	  "Quelqu’un d’autre vient pour %s : %s", \
	  "Viene otra persona por %s: %s") \
	X("%s does not come to “%s”, %s, and sends %s instead.%s\n\nIf that is not what you want, answer " \
	  "`cancel`, or `at` and another time.\n", \
	  "%s kommt nicht zu „%s“, %s; stattdessen kommt %s.%s\n\nWenn Sie das nicht möchten, antworten Sie " \
	  "`cancel`, oder `at` und einen anderen Termin.\n", \
	  "%s ne vient pas à « %s », %s, et envoie %s à sa place.%s\n\nSi ce n’est pas ce que vous voulez, " \
	  "répondez `cancel`, ou `at` et un autre horaire.\n", \
	  "%s no viene a «%s», %s, y envía a %s en su lugar.%s\n\nSi no es lo que quiere, responda `cancel`, o " \
	  "`at` y otra hora.\n") \
	X("\n\nThat is in your quiet hours.", \
	  "\n\nDas liegt in Ihrer Ruhezeit.", \
	  "\n\nC’est pendant vos heures calmes.", \
	  "\n\nEso cae en sus horas de descanso.") \
	X("\n\nThat is outside your working hours.", \
	  "\n\nDas liegt außerhalb Ihrer Arbeitszeit.", \
	  "\n\nC’est hors de vos heures de travail.", \
	  "\n\nEso cae fuera de su horario de trabajo.") \
	X("Another time? %s proposes %s", \
	  "Eine andere Zeit? %s schlägt vor: %s", \
	  "Un autre horaire ? %s propose %s", \
	  "¿Otra hora? %s propone %s") \
	X("%s proposes another time for “%s”: **%s**, in place of %s.%s%s\n\nAnswer `accept`, and I move it " \
	  "and tell all who are invited; `decline`, and it stays as it is and they hear so; or `at` with a " \
	  "time of your own.\n", \
	  "%s schlägt eine andere Zeit vor für „%s“: **%s**, statt %s.%s%s\n\nAntworten Sie `accept`, und ich " \
	  "verschiebe es und sage es allen Eingeladenen; `decline`, und es bleibt, wie es ist, und man hört " \
	  "das dort; oder `at` mit einem eigenen Termin.\n", \
	  "%s propose un autre horaire pour « %s » : **%s**, au lieu de %s.%s%s\n\nRépondez `accept`, et je le " \
	  "déplace et préviens tous les invités ; `decline`, et il reste tel quel et on le leur dit ; ou `at` " \
	  "avec un horaire à vous.\n", \
	  "%s propone otra hora para «%s»: **%s**, en lugar de %s.%s%s\n\nResponda `accept`, y la muevo y " \
	  "aviso a todas las personas invitadas; `decline`, y se queda como está y lo sabrán; o `at` con una " \
	  "hora suya.\n") \
	X("%s\nThat is much about one check-in: I write no more of what they answer until tomorrow. `kept " \
	  "checkin show %lld` has all of it.\n", \
	  "%s\nDas ist viel zu einem einzigen Gespräch: bis morgen schreibe ich nicht mehr, was geantwortet " \
	  "wird. `kept checkin show %lld` hat alles.\n", \
	  "%s\nC’est beaucoup pour un seul entretien : je n’écris plus rien de ce qu’ils répondent jusqu’à " \
	  "demain. `kept checkin show %lld` contient tout.\n", \
	  "%s\nEs mucho para una sola reunión: hasta mañana no escribo más de lo que responden. `kept checkin " \
	  "show %lld` lo tiene todo.\n") \
	X("Not believed: an answer to %s", \
	  "Nicht geglaubt: eine Antwort zu %s", \
	  "Pas crue : une réponse à %s", \
	  "No creída: una respuesta a %s") \
	X("An answer (%s%s%s) to “%s”, %s, came from %s and was not obeyed: %s. The check-in stays as it is. " \
	  "If you know better: `kept checkin show %lld`.\n", \
	  "Eine Antwort (%s%s%s) zu „%s“, %s, kam von %s und wurde nicht befolgt: %s. Das Gespräch bleibt, wie " \
	  "es ist. Wenn Sie es besser wissen: `kept checkin show %lld`.\n", \
	  "Une réponse (%s%s%s) à « %s », %s, est venue de %s et n’a pas été suivie : %s. L’entretien reste " \
	  "tel quel. Si vous en savez plus : `kept checkin show %lld`.\n", \
	  "Una respuesta (%s%s%s) a «%s», %s, llegó de %s y no se siguió: %s. La reunión sigue como está. Si " \
	  "usted sabe más: `kept checkin show %lld`.\n") \
	X("it is not theirs to call off", \
	  "es steht dem Absender nicht zu, es abzusagen", \
	  "ce n’est pas à eux de l’annuler", \
	  "no les corresponde cancelarla") \
	X("its sender was not invited", \
	  "der Absender war nicht eingeladen", \
	  "son expéditeur n’était pas invité", \
	  "su remitente no estaba invitado") \
	X("it came from another than the one in whose name it answers", \
	  "sie kam von jemand anderem als dem, in dessen Namen sie antwortet", \
	  "elle vient d’une autre personne que celle au nom de qui elle répond", \
	  "viene de otra persona que aquella en cuyo nombre responde") \
	X("the receiving server says that its sender is false", \
	  "der empfangende Server sagt, dass der Absender falsch ist", \
	  "le serveur qui l’a reçue dit que son expéditeur est faux", \
	  "el servidor que la recibió dice que el remitente es falso")

#endif
