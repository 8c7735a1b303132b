/* phrase_calendars - what kept says of an owner's calendars: what changed there, what cannot be read, in the languages of the
 * shipped templates
 *
 * Law:     as phrase_answers.h.
 * Tests:   tests/phrase.c, tests/calendar_told.c
 */
#ifndef KEPT_LETTERS_PHRASE_CALENDARS_H
#define KEPT_LETTERS_PHRASE_CALENDARS_H

#define CALENDARS(X) \
	/* a promise that was changed there */ \
	X("Your calendar, and a promise that stays as it was", \
	  "Ihr Kalender, und ein Versprechen, das bleibt, wie es war", \
	  "Votre agenda, et une promesse qui reste telle quelle", \
	  "Su calendario, y una promesa que sigue como estaba") \
	X("In your calendar you %s. That cannot be:\n\n%s", \
	  "In Ihrem Kalender haben Sie %s. Das geht nicht:\n\n%s", \
	  "Dans votre agenda, vous avez %s. Ce n’est pas possible :\n\n%s", \
	  "En su calendario usted %s. No es posible:\n\n%s") \
	X("took a tick back", "ein Häkchen zurückgenommen", "retiré une coche", "quitó una marca") \
	X("ticked it off", "es abgehakt", "coché la promesse", "la marcó como hecha") \
	X("moved it to %s", "es auf %s verschoben", "déplacé la promesse au %s", "la movió al %s") \
	X("gave it other words", "ihm andere Worte gegeben", "reformulé la promesse", "le dio otras palabras") \
	X("A tick taken back in your calendar", \
	  "Ein Häkchen, in Ihrem Kalender zurückgenommen", \
	  "Une coche retirée dans votre agenda", \
	  "Una marca quitada en su calendario") \
	X("You took the tick of this promise back in your calendar, and more happened to it since. It is closed still; " \
	  "`undo %lld` takes the last change back.\n", \
	  "Sie haben das Häkchen dieses Versprechens in Ihrem Kalender zurückgenommen, und seither ist mehr damit " \
	  "geschehen. Es ist weiter abgeschlossen; `undo %lld` nimmt die letzte Änderung zurück.\n", \
	  "Vous avez retiré la coche de cette promesse dans votre agenda, et d’autres changements ont suivi. Elle reste " \
	  "close ; `undo %lld` annule le dernier changement.\n", \
	  "Ha quitado en su calendario la marca de esta promesa, y desde entonces hubo más cambios. Sigue cerrada; " \
	  "`undo %lld` deshace el último cambio.\n") \
	X("A promise without a date in your calendar", \
	  "Ein Versprechen ohne Datum in Ihrem Kalender", \
	  "Une promesse sans date dans votre agenda", \
	  "Una promesa sin fecha en su calendario") \
	X("You took the date of this promise away in your calendar. A promise has one, so it is there again: `due` with " \
	  "another date moves it, `cancel` calls it off.\n", \
	  "Sie haben dieses Versprechen in Ihrem Kalender ohne Datum gelassen. Ein Versprechen hat eines, also steht es " \
	  "wieder dort: `due` mit einem anderen Datum verschiebt es, `cancel` sagt es ab.\n", \
	  "Vous avez retiré la date de cette promesse dans votre agenda. Une promesse en a une, elle y est donc de nouveau : " \
	  "`due` avec une autre date la déplace, `cancel` l’annule.\n", \
	  "Ha quitado en su calendario la fecha de esta promesa. Una promesa tiene fecha, así que vuelve a estar ahí: `due` " \
	  "con otra fecha la mueve, `cancel` la cancela.\n") \
	X("Moved here and in your calendar", \
	  "Hier verschoben und in Ihrem Kalender", \
	  "Déplacée ici et dans votre agenda", \
	  "Movida aquí y en su calendario") \
	X("Your calendar moved this promise to %s, while it was moved here to %s. The date here stands, and is in your " \
	  "calendar again. To have the other, answer `due %s`.\n", \
	  "Ihr Kalender hat dieses Versprechen auf %s verschoben, während es hier auf %s verschoben wurde. Das Datum hier " \
	  "gilt und steht wieder in Ihrem Kalender. Für das andere antworten Sie `due %s`.\n", \
	  "Votre agenda a déplacé cette promesse (%s), alors qu’elle a été déplacée ici (%s). La date d’ici reste, et elle est " \
	  "de nouveau dans votre agenda. Pour l’autre, répondez `due %s`.\n", \
	  "Su calendario movió esta promesa (%s), mientras aquí también se movió (%s). Vale la fecha de aquí, que vuelve a " \
	  "estar en su calendario. Si prefiere la otra, responda `due %s`.\n") \
	X("Other words here and in your calendar", \
	  "Andere Worte hier und in Ihrem Kalender", \
	  "D’autres mots ici et dans votre agenda", \
	  "Otras palabras aquí y en su calendario") \
	X("In your calendar this promise got other words, and here too. The ones here stand. In your calendar stood:\n\n> %s\n", \
	  "In Ihrem Kalender bekam dieses Versprechen andere Worte, und hier auch. Die hier gelten. In Ihrem Kalender " \
	  "stand:\n\n> %s\n", \
	  "Dans votre agenda, cette promesse a reçu d’autres mots, et ici aussi. Ceux d’ici restent. Dans votre agenda, on " \
	  "lisait :\n\n> %s\n", \
	  "En su calendario esta promesa recibió otras palabras, y aquí también. Valen las de aquí. En su calendario " \
	  "ponía:\n\n> %s\n") \
	/* what was deleted there: a line each */ \
	X("- promise %lld, %s: `cancel %lld`\n", \
	  "- Versprechen %lld, %s: `cancel %lld`\n", \
	  "- promesse %lld, %s : `cancel %lld`\n", \
	  "- promesa %lld, %s: `cancel %lld`\n") \
	X("- check-in %lld, %s: `kept checkin cancel %lld`\n", \
	  "- Termin %lld, %s: `kept checkin cancel %lld`\n", \
	  "- rendez-vous %lld, %s : `kept checkin cancel %lld`\n", \
	  "- reunión %lld, %s: `kept checkin cancel %lld`\n") \
	X("Deleted in your calendar, and still promised", \
	  "In Ihrem Kalender gelöscht, und weiter versprochen", \
	  "Supprimé dans votre agenda, et toujours promis", \
	  "Borrado en su calendario, y aún prometido") \
	X("You deleted in your calendar what stands open. That calls nothing off, so it is there again; this does:\n\n%s", \
	  "Sie haben in Ihrem Kalender gelöscht, was noch offen ist. Das sagt nichts ab, also steht es wieder dort; dies sagt " \
	  "es ab:\n\n%s", \
	  "Vous avez supprimé dans votre agenda ce qui reste ouvert. Cela n’annule rien, c’est donc de nouveau là ; ceci " \
	  "annule :\n\n%s", \
	  "Ha borrado en su calendario lo que sigue pendiente. Eso no cancela nada, así que vuelve a estar ahí; esto sí lo " \
	  "cancela:\n\n%s") \
	/* a check-in that was changed there: a line for each difference */ \
	X("A check-in changed in your calendar", \
	  "Ein Termin, in Ihrem Kalender geändert", \
	  "Un rendez-vous modifié dans votre agenda", \
	  "Una reunión cambiada en su calendario") \
	X("You changed check-in %lld, “%s”, in your calendar. Others are invited to it, so there it is as it was again, until " \
	  "you say so:\n\n%s", \
	  "Sie haben Termin %lld, „%s“, in Ihrem Kalender geändert. Andere sind dazu eingeladen, also steht er dort wieder wie " \
	  "zuvor, bis Sie es so sagen:\n\n%s", \
	  "Vous avez modifié le rendez-vous %lld, « %s », dans votre agenda. D’autres y sont invités, il y est donc de nouveau " \
	  "comme avant, jusqu’à ce que vous le disiez ainsi :\n\n%s", \
	  "Ha cambiado en su calendario la reunión %lld, «%s». Hay otras personas invitadas, así que ahí vuelve a estar como " \
	  "antes, hasta que lo diga así:\n\n%s") \
	X("- it is on %s there, in place of %s: `kept checkin move %lld --at \"%s\"`\n", \
	  "- dort ist er am %s statt am %s: `kept checkin move %lld --at \"%s\"`\n", \
	  "- il y est le %s, au lieu du %s : `kept checkin move %lld --at \"%s\"`\n", \
	  "- ahí es el %s, en lugar del %s: `kept checkin move %lld --at \"%s\"`\n") \
	X("- it has no time to come there: `kept checkin cancel %lld`\n", \
	  "- dort findet er nicht mehr statt: `kept checkin cancel %lld`\n", \
	  "- il n’y a plus aucune date à venir : `kept checkin cancel %lld`\n", \
	  "- ahí no le queda ninguna fecha: `kept checkin cancel %lld`\n") \
	X("- it comes at other times there (%s), next on %s: `kept checkin move %lld --at \"%s\"`, and `--every` with how often\n", \
	  "- dort kommt er zu anderen Zeiten (%s), als Nächstes am %s: `kept checkin move %lld --at \"%s\"`, und `--every` mit " \
	  "dem Rhythmus\n", \
	  "- il y revient à d’autres dates (%s), la prochaine le %s : `kept checkin move %lld --at \"%s\"`, et `--every` avec la " \
	  "fréquence\n", \
	  "- ahí se repite en otras fechas (%s), la próxima el %s: `kept checkin move %lld --at \"%s\"`, y `--every` con la " \
	  "frecuencia\n") \
	X("once", "einmal", "une seule fois", "una sola vez") \
	X("- there is one on %s there, which is none of it here\n", \
	  "- dort ist einer am %s, der hier nicht dazugehört\n", \
	  "- il y en a un le %s, qui n’en fait pas partie ici\n", \
	  "- ahí hay una el %s, que aquí no forma parte de ella\n") \
	X("- the one of %s is on %s there: `kept checkin move %lld --on %s --at \"%s\"`\n", \
	  "- der vom %s ist dort am %s: `kept checkin move %lld --on %s --at \"%s\"`\n", \
	  "- celui du %s y est le %s : `kept checkin move %lld --on %s --at \"%s\"`\n", \
	  "- la del %s está ahí el %s: `kept checkin move %lld --on %s --at \"%s\"`\n") \
	X("- the one of %s is not there any more: `kept checkin cancel %lld --on %s`\n", \
	  "- der vom %s fehlt dort jetzt: `kept checkin cancel %lld --on %s`\n", \
	  "- celui du %s n’y est plus : `kept checkin cancel %lld --on %s`\n", \
	  "- la del %s ya no está ahí: `kept checkin cancel %lld --on %s`\n") \
	X("- it is called off there: `kept checkin cancel %lld`\n", \
	  "- dort ist er abgesagt: `kept checkin cancel %lld`\n", \
	  "- il y est annulé : `kept checkin cancel %lld`\n", \
	  "- ahí está cancelada: `kept checkin cancel %lld`\n") \
	X("- it has dates or rules there that kept does not read\n", \
	  "- dort hat er Daten oder Regeln, die kept nicht liest\n", \
	  "- on y trouve des dates ou des règles que kept ne lit pas\n", \
	  "- ahí tiene fechas o reglas que kept no lee\n") \
	X("- it lasts %d minutes there: `kept checkin move %lld --for %dmin`\n", \
	  "- dort dauert er %d Minuten: `kept checkin move %lld --for %dmin`\n", \
	  "- il y dure %d minutes : `kept checkin move %lld --for %dmin`\n", \
	  "- ahí dura %d minutos: `kept checkin move %lld --for %dmin`\n") \
	X("- its place is “%s” there: `kept checkin move %lld --place` and the place\n", \
	  "- dort ist sein Ort „%s“: `kept checkin move %lld --place` und der Ort\n", \
	  "- son lieu y est « %s » : `kept checkin move %lld --place` et le lieu\n", \
	  "- su lugar ahí es «%s»: `kept checkin move %lld --place` y el lugar\n") \
	X("- it is called “%s” there: `kept checkin move %lld --purpose` and the words\n", \
	  "- dort heißt er „%s“: `kept checkin move %lld --purpose` und die Worte\n", \
	  "- il s’y appelle « %s » : `kept checkin move %lld --purpose` et les mots\n", \
	  "- ahí se llama «%s»: `kept checkin move %lld --purpose` y las palabras\n") \
	X("- one of it is called “%s” there\n", \
	  "- einer davon heißt dort „%s“\n", \
	  "- l’un d’eux s’y appelle « %s »\n", \
	  "- una de ellas se llama ahí «%s»\n") \
	/* a calendar that cannot be read */ \
	X("Your calendar %s cannot be reached", \
	  "Ihr Kalender %s ist nicht zu erreichen", \
	  "Votre agenda %s n’est pas joignable", \
	  "No se puede acceder a su calendario %s") \
	X("kept cannot reach your calendar `%s`:\n\n> %s\n\nWhat was known of it stands until then. kept tries again, and says no " \
	  "more of it; `kept status` does.\n", \
	  "kept kann Ihren Kalender `%s` nicht erreichen:\n\n> %s\n\nWas davon bekannt war, gilt bis dahin. kept versucht es " \
	  "wieder und sagt nichts mehr davon; `kept status` schon.\n", \
	  "kept ne peut pas joindre votre agenda `%s` :\n\n> %s\n\nCe qui en était connu vaut jusque-là. kept réessaie, et n’en " \
	  "dit pas plus ; `kept status` le dit.\n", \
	  "kept no puede acceder a su calendario `%s`:\n\n> %s\n\nLo que se sabía de él vale hasta entonces. kept lo intenta de " \
	  "nuevo y no dice más; `kept status` sí.\n") \
	X("Some of your calendar %s cannot be read", \
	  "Einiges in Ihrem Kalender %s ist nicht zu lesen", \
	  "Une partie de votre agenda %s n’est pas lisible", \
	  "Una parte de su calendario %s no se puede leer") \
	X("kept cannot read these, so their times count as free where it proposes times for a meeting:\n\n%s", \
	  "Dies kann kept nicht lesen, also zählen diese Zeiten als frei, wo es Zeiten für einen Termin vorschlägt:\n\n%s", \
	  "kept ne peut pas lire ceci ; ces heures comptent donc comme libres quand des horaires de rendez-vous sont " \
	  "proposés :\n\n%s", \
	  "kept no puede leer esto, así que esas horas cuentan como libres cuando propone horas para una reunión:\n\n%s")

#endif
