/* phrase_teams - what kept says of teams: what they are asked, what they answer, in the languages of the shipped templates
 *
 * Law:     as phrase_answers.h.
 * Tests:   tests/phrase.c, tests/tongue.c
 */
#ifndef KEPT_LETTERS_PHRASE_TEAMS_H
#define KEPT_LETTERS_PHRASE_TEAMS_H

#define TEAMS(X) \
	X("**\\#%lld** %s is with you again: mail to %s (%s) came back, so I could not ask them. Answer `team` " \
	  "and the name of another one, or see to it yourself.\n", \
	  "**\\#%lld** %s liegt wieder bei Ihnen: Mail an %s (%s) kam zurück, also konnte ich dort nicht " \
	  "fragen. Antworten Sie `team` und den Namen eines anderen, oder kümmern Sie sich selbst darum.\n", \
	  "**\\#%lld** %s est de nouveau chez vous : le message à %s (%s) est revenu, je n’ai donc pas pu " \
	  "demander. Répondez `team` et le nom d’une autre, ou occupez-vous-en vous-même.\n", \
	  "**\\#%lld** %s vuelve a usted: el mensaje a %s (%s) ha vuelto, así que no pude preguntarles. " \
	  "Responda `team` y el nombre de otro, u ocúpese usted.\n") \
	X("%s cannot be reached", \
	  "%s ist nicht zu erreichen", \
	  "%s n’est pas joignable", \
	  "no se puede contactar con %s") \
	X("%s was asked for **\\#%lld** %s%s, and reminded, and has not answered. I do not write to them again " \
	  "by myself.\n\nIt is due %s. You may call them; answer `team` and the name of another one; or answer " \
	  "`due` and another day.\n", \
	  "%s wurde um **\\#%lld** %s%s gebeten und erinnert und hat nicht geantwortet. Von selbst schreibe " \
	  "ich dort nicht noch einmal.\n\nFällig ist es %s. Sie können dort anrufen; antworten Sie `team` und " \
	  "den Namen eines anderen; oder `due` und einen anderen Tag.\n", \
	  "%s a reçu la demande pour **\\#%lld** %s%s, puis un rappel, et n’a pas répondu. De moi-même, je ne " \
	  "leur écris plus.\n\nL’échéance est %s. Vous pouvez les appeler ; répondre `team` et le nom d’une " \
	  "autre ; ou répondre `due` et un autre jour.\n", \
	  "A %s se le pidió **\\#%lld** %s%s, se le recordó, y no ha respondido. Por mí mismo no vuelvo a " \
	  "escribirles.\n\nVence el %s. Puede llamarles; responder `team` y el nombre de otro; o responder " \
	  "`due` y otro día.\n") \
	X(" for %s", " für %s", " pour %s", " para %s") \
	X("No answer from %s: %s", \
	  "Keine Antwort von %s: %s", \
	  "Pas de réponse de %s : %s", \
	  "Sin respuesta de %s: %s") \
	X("With it came a file: %s.%s\n\n", \
	  "Dabei lag eine Datei: %s.%s\n\n", \
	  "Un fichier l’accompagnait : %s.%s\n\n", \
	  "Venía con un archivo: %s.%s\n\n") \
	X("With it came %zu files: %s.%s\n\n", \
	  "Dabei lagen %zu Dateien: %s.%s\n\n", \
	  "%zu fichiers l’accompagnaient : %s.%s\n\n", \
	  "Venía con %zu archivos: %s.%s\n\n") \
	X(" One does not come along, for want of room: ask for it at %s.", \
	  " Eine kommt aus Platzmangel nicht mit: bitten Sie %s darum.", \
	  " Un ne suit pas, faute de place : demandez-le à %s.", \
	  " Uno no va adjunto, por falta de espacio: pídalo a %s.") \
	X(" Some do not come along, for want of room: ask for them at %s.", \
	  " Einige kommen aus Platzmangel nicht mit: bitten Sie %s darum.", \
	  " Certains ne suivent pas, faute de place : demandez-les à %s.", \
	  " Algunos no van adjuntos, por falta de espacio: pídalos a %s.") \
	X("**\\#%lld** %s%s, due %s", \
	  "**\\#%lld** %s%s, fällig %s", \
	  "**\\#%lld** %s%s, échéance %s", \
	  "**\\#%lld** %s%s, vence el %s") \
	X(", for %s", ", für %s", ", pour %s", ", para %s") \
	X("needs longer", "braucht länger", "a besoin de plus de temps", "necesita más tiempo") \
	X("needs longer for %s:", \
	  "braucht länger für %s:", \
	  "a besoin de plus de temps pour %s :", \
	  "necesita más tiempo para %s:") \
	X("I ask them again %s, which is after your own day. Answer `due` and another day, and I prepare a " \
	  "word to whoever waits for it.\n", \
	  "Ich frage dort wieder: %s; das ist nach Ihrem eigenen Tag. Antworten Sie `due` und einen anderen " \
	  "Tag, und ich bereite ein Wort an die vor, die darauf warten.\n", \
	  "Je leur redemande %s, ce qui est après votre propre échéance. Répondez `due` et un autre jour, et " \
	  "je prépare un mot à qui l’attend.\n", \
	  "Vuelvo a preguntarles el %s, que es después de su propio día. Responda `due` y otro día, y preparo " \
	  "unas líneas para quien lo espera.\n") \
	X("has written", "hat geschrieben", "a écrit", "ha escrito") \
	X("asks", "fragt zurück", "demande une précision", "pregunta") \
	X("has written a few words about %s:", \
	  "hat ein paar Worte geschrieben zu %s:", \
	  "a écrit quelques mots au sujet de %s :", \
	  "ha escrito unas palabras sobre %s:") \
	X("asks something back about %s:", \
	  "fragt zurück zu %s:", \
	  "demande une précision au sujet de %s :", \
	  "pregunta algo sobre %s:") \
	X("If that is their answer, it is yours to deliver; if it is not, I ask them again in two working days." \
	  "\n", \
	  "Ist das die Antwort, so ist es an Ihnen, sie zu überbringen; ist sie es nicht, frage ich in zwei " \
	  "Arbeitstagen wieder.\n", \
	  "Si c’est leur réponse, c’est à vous de la transmettre ; sinon, je leur redemande dans deux jours " \
	  "ouvrés.\n", \
	  "Si esa es su respuesta, le toca a usted entregarla; si no, vuelvo a preguntarles en dos días " \
	  "laborables.\n") \
	X("Answer them yourself, to %s: an answer to this mail reaches me alone.\n", \
	  "Antworten Sie dort selbst, an %s: eine Antwort auf diese Mail erreicht nur mich.\n", \
	  "Répondez-leur vous-même, à %s : une réponse à ce message n’arrive qu’à moi.\n", \
	  "Respóndales usted, a %s: una respuesta a este mensaje solo me llega a mí.\n") \
	X("has answered", "hat geantwortet", "a répondu", "ha respondido") \
	X("has answered about %s:", \
	  "hat geantwortet zu %s:", \
	  "a répondu au sujet de %s :", \
	  "ha respondido sobre %s:") \
	X("answers late about %s:", \
	  "antwortet spät zu %s:", \
	  "répond tard au sujet de %s :", \
	  "responde tarde sobre %s:") \
	X("It is yours to deliver: nothing of this has gone to anybody else. Answer in your own conversation, " \
	  "with what may go outside; this mail lies in it. If it is not what you need, answer `team %s`, and " \
	  "they are asked again.\n", \
	  "Es ist an Ihnen, es zu überbringen: nichts davon ist an andere gegangen. Antworten Sie in Ihrem " \
	  "eigenen Gespräch mit dem, was hinaus darf; diese Mail liegt darin. Ist es nicht, was Sie brauchen, " \
	  "antworten Sie `team %s`, und es wird noch einmal gefragt.\n", \
	  "C’est à vous de le transmettre : rien de ceci n’est allé à personne d’autre. Répondez dans votre " \
	  "propre conversation, avec ce qui peut sortir ; ce message s’y trouve. Si ce n’est pas ce qu’il vous " \
	  "faut, répondez `team %s`, et la demande est refaite.\n", \
	  "Le toca a usted entregarlo: nada de esto ha ido a nadie más. Responda en su propia conversación, " \
	  "con lo que pueda salir; este mensaje está en ella. Si no es lo que necesita, responda `team %s`, y " \
	  "se les pide otra vez.\n") \
	X("The promise is %s already.\n", \
	  "Das Versprechen ist schon %s.\n", \
	  "La promesse est déjà %s.\n", \
	  "La promesa ya está %s.\n") \
	X("'%s': no team is set up (kept.conf, team).", \
	  "„%s“: es ist kein Team eingerichtet (kept.conf, team).", \
	  "« %s » : aucune équipe n’est configurée (kept.conf, team).", \
	  "«%s»: no hay ningún equipo configurado (kept.conf, team).") \
	X("There is no team '%s'. These are set up: %s.", \
	  "Ein Team „%s“ gibt es nicht. Eingerichtet sind: %s.", \
	  "Il n’y a pas d’équipe « %s ». Celles qui sont configurées : %s.", \
	  "No hay ningún equipo «%s». Los configurados son: %s.") \
	X("There is no team '%s'; did you mean `team %s`? These are set up: %s.", \
	  "Ein Team „%s“ gibt es nicht; meinten Sie `team %s`? Eingerichtet sind: %s.", \
	  "Il n’y a pas d’équipe « %s » ; vouliez-vous dire `team %s` ? Celles qui sont configurées : %s.", \
	  "No hay ningún equipo «%s»; ¿quiso decir `team %s`? Los configurados son: %s.") \
	X("%s is asked for it, needed by %s, and reminded. I tell you when they answer.", \
	  "%s wird darum gebeten, gebraucht bis %s, und erinnert. Ich sage Ihnen, wenn die Antwort da ist.", \
	  "%s reçoit la demande, pour %s, et un rappel. Je vous dis quand la réponse est là.", \
	  "se le pide a %s, hace falta para el %s, y se le recuerda. Le aviso cuando respondan.") \
	X("%s Nothing was changed.", "%s Nichts wurde geändert.", "%s Rien n’a été changé.", "%s No se cambió nada.") \
	X("it is with %s already; nothing was changed.", \
	  "es liegt schon bei %s; nichts wurde geändert.", \
	  "c’est déjà chez %s ; rien n’a été changé.", \
	  "ya lo tiene %s; no se cambió nada.") \
	X(" %s hears that it is not needed from them any more.", \
	  " %s hört, dass es von dort nicht mehr gebraucht wird.", \
	  " %s apprend que ce n’est plus nécessaire de sa part.", \
	  " %s se entera de que ya no hace falta de su parte.") \
	X("Given to %s", "An %s gegeben", "Confié à %s", "Dado a %s") \
	X("It is with that team already.", \
	  "Es liegt schon bei diesem Team.", \
	  "C’est déjà chez cette équipe.", \
	  "Ya lo tiene ese equipo.")

#endif
