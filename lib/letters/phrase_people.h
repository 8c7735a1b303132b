/* phrase_people - what kept says of persons: whom the owner met, what they want to hear of, in the languages of the shipped templates
 *
 * Law:     as phrase_answers.h.
 * Tests:   tests/phrase.c, tests/tongue.c
 */
#ifndef KEPT_LETTERS_PHRASE_PEOPLE_H
#define KEPT_LETTERS_PHRASE_PEOPLE_H

#define PEOPLE(X) \
	X("Noted: you spoke with %s", \
	  "Notiert: Sie haben mit %s gesprochen", \
	  "Noté : vous avez parlé avec %s", \
	  "Anotado: habló con %s") \
	X("you spoke in person with %s%s. How often you hear from each other is counted from now.", \
	  "Sie haben persönlich gesprochen mit %s%s. Wie oft Sie voneinander hören, zählt ab jetzt.", \
	  "vous avez parlé de vive voix avec %s%s. Le rythme de vos échanges se compte à partir de maintenant.", \
	  "habló en persona con %s%s. El ritmo de sus contactos se cuenta desde ahora.") \
	X("you spoke with %s (%s)%s. How often you hear from each other is counted from now.", \
	  "Sie haben gesprochen mit %s (%s)%s. Wie oft Sie voneinander hören, zählt ab jetzt.", \
	  "vous avez parlé avec %s (%s)%s. Le rythme de vos échanges se compte à partir de maintenant.", \
	  "habló con %s (%s)%s. El ritmo de sus contactos se cuenta desde ahora.") \
	X(": “%s”", ": „%s“", " : « %s »", ": «%s»") \
	X("`touch` by what? One word, as `touch phone: what was said`.", \
	  "`touch` auf welchem Weg? Ein Wort, etwa `touch phone: was gesagt wurde`.", \
	  "`touch` par quel moyen ? Un mot, comme `touch phone: ce qui a été dit`.", \
	  "¿`touch` por qué medio? Una palabra, como `touch phone: lo que se dijo`.") \
	X("Noted: an insight from %s", \
	  "Notiert: eine Erkenntnis von %s", \
	  "Noté : une observation de %s", \
	  "Anotado: una observación de %s") \
	X("learnt from %s: “%s”. It stays open until they hear what came of it; `kept contact %s` shows it.", \
	  "von %s erfahren: „%s“. Es bleibt offen, bis man dort hört, was daraus wurde; `kept contact %s` " \
	  "zeigt es.", \
	  "appris de %s : « %s ». Cela reste ouvert jusqu’à ce que cette personne sache ce qui en est résulté " \
	  "; `kept contact %s` le montre.", \
	  "aprendido de %s: «%s». Queda abierto hasta que sepan qué resultó de ello; `kept contact %s` lo " \
	  "muestra.") \
	X("%s is noted as %s.", \
	  "der Stand bei %s ist jetzt: %s.", \
	  "l’étape avec %s est maintenant : %s.", \
	  "la fase con %s es ahora: %s.") \
	X("%s: as before", "%s: wie bisher", "%s : comme avant", "%s: como antes") \
	X("the stage of %s stays as it is.", \
	  "der Stand bei %s bleibt, wie er ist.", \
	  "l’étape de %s reste telle quelle.", \
	  "la fase de %s sigue como está.") \
	X("establishing", "im Aufbau", "à établir", "por establecer") \
	X("developing", "in Entwicklung", "en développement", "en desarrollo") \
	X("maintaining", "gefestigt", "bien établi", "consolidado") \
	X("it is not noted to whom it was promised; `who ADDRESS` says so.", \
	  "es ist nicht notiert, wem es versprochen war; `who ADRESSE` sagt es.", \
	  "on ne sait pas à qui c’était promis ; `who ADRESSE` le dit.", \
	  "no consta a quién se prometió; `who DIRECCIÓN` lo dice.") \
	X("\n%s: %s. If that makes your work with %s %s, answer `stage %s`; if not, `stage no`. I say so once." \
	  "\n", \
	  "\n%s: %s. Wenn Ihre Arbeit mit %s damit %s ist, antworten Sie `stage %s`; wenn nicht, `stage no`. " \
	  "Ich sage es nur einmal.\n", \
	  "\n%s : %s. Si votre travail avec %s en est maintenant là : %s, répondez `stage %s` ; sinon, `stage " \
	  "no`. Je ne le dis qu’une fois.\n", \
	  "\n%s: %s. Si su trabajo con %s está con ello %s, responda `stage %s`; si no, `stage no`. Lo digo " \
	  "una sola vez.\n") \
	X("%lld promises to them are kept", \
	  "%lld Versprechen an diese Person sind erfüllt", \
	  "%lld promesses à cette personne sont tenues", \
	  "%lld promesas a esta persona están cumplidas") \
	X("you have heard from each other", \
	  "Sie haben voneinander gehört", \
	  "vous avez échangé", \
	  "han tenido contacto") \
	X("%s wants to hear of %s", \
	  "%s will hören von: %s", \
	  "%s veut des nouvelles de : %s", \
	  "%s quiere saber de: %s") \
	X("%s wants to hear of “%s”, until %s. New approved material that fits is proposed to you, and sent by " \
	  "your word alone.", \
	  "%s will hören von „%s“, bis %s. Neues freigegebenes Material, das dazu passt, schlage ich Ihnen " \
	  "vor; gesendet wird es nur auf Ihr Wort.", \
	  "%s veut des nouvelles de « %s », jusqu’au %s. Le nouveau matériel approuvé qui s’y rapporte vous " \
	  "est proposé, et n’est envoyé qu’avec votre accord.", \
	  "%s quiere saber de «%s», hasta el %s. El nuevo material aprobado que encaje se le propone a usted, " \
	  "y solo se envía con su palabra.") \
	X("%s wants to hear of “%s”, until %s, since you named no day. New approved material that fits is " \
	  "proposed to you, and sent by your word alone.", \
	  "%s will hören von „%s“, bis %s, da Sie keinen Tag genannt haben. Neues freigegebenes Material, das " \
	  "dazu passt, schlage ich Ihnen vor; gesendet wird es nur auf Ihr Wort.", \
	  "%s veut des nouvelles de « %s », jusqu’au %s, puisque vous n’avez pas donné de jour. Le nouveau " \
	  "matériel approuvé qui s’y rapporte vous est proposé, et n’est envoyé qu’avec votre accord.", \
	  "%s quiere saber de «%s», hasta el %s, ya que no indicó ningún día. El nuevo material aprobado que " \
	  "encaje se le propone a usted, y solo se envía con su palabra.") \
	X("'%s' comes again and again; name the day until when", \
	  "„%s“ kommt immer wieder; nennen Sie den Tag, bis wann", \
	  "« %s » revient sans cesse ; donnez le jour jusqu’auquel", \
	  "«%s» se repite; indique el día hasta cuándo") \
	X("%d interests of theirs are noted already; `kept contact %s` shows them.", \
	  "%d Interessen von dort sind schon notiert; `kept contact %s` zeigt sie.", \
	  "%d de leurs centres d’intérêt sont déjà notés ; `kept contact %s` les montre.", \
	  "ya hay anotados %d intereses suyos; `kept contact %s` los muestra.") \
	X("that you spoke is taken back. How often you hear from each other is counted as before.", \
	  "dass Sie gesprochen haben, ist zurückgenommen. Wie oft Sie voneinander hören, zählt wie vorher.", \
	  "que vous avez parlé est retiré. Le rythme de vos échanges se compte comme avant.", \
	  "se retira que hablaron. El ritmo de sus contactos se cuenta como antes.") \
	X("what you learnt from them is taken back.", \
	  "was Sie von dort erfahren haben, ist zurückgenommen.", \
	  "ce que vous avez appris d’eux est retiré.", \
	  "se retiró lo que aprendió de ellos.") \
	X("they were told already what came of it; nothing was changed.", \
	  "man hat dort schon erfahren, was daraus wurde; nichts wurde geändert.", \
	  "ils savent déjà ce qu’il en est advenu ; rien n’a été changé.", \
	  "ya saben qué resultó de ello; no se cambió nada.") \
	X("the stage of %s is as before.", \
	  "%s hat die Stufe von vorher.", \
	  "l’étape de %s est celle d’avant.", \
	  "la etapa de %s es la de antes.") \
	X("what they want to hear of was taken back.", \
	  "wovon man dort hören will, ist zurückgenommen.", \
	  "ce dont ils veulent des nouvelles est retiré.", \
	  "se retiró aquello de lo que quieren saber.") \
	X("- “%s” ends %s. If it goes on: `interest: %s`, for another year, or `interest: %s until` and a day." \
	  "\n", \
	  "- „%s“ endet %s. Wenn es weitergeht: `interest: %s`, für ein weiteres Jahr, oder `interest: %s " \
	  "until` und ein Tag.\n", \
	  "- « %s » se termine %s. Si cela continue : `interest: %s`, pour une année de plus, ou `interest: %s " \
	  "until` et un jour.\n", \
	  "- «%s» termina el %s. Si continúa: `interest: %s`, por otro año, o `interest: %s until` y un día.\n") \
	X("- “%s” ends %s. If it goes on: `kept contact %s --interest` and the topic, with `--until` and a day." \
	  "\n", \
	  "- „%s“ endet %s. Wenn es weitergeht: `kept contact %s --interest` und das Thema, mit `--until` und " \
	  "einem Tag.\n", \
	  "- « %s » se termine %s. Si cela continue : `kept contact %s --interest` et le sujet, avec `--until` " \
	  "et un jour.\n", \
	  "- «%s» termina el %s. Si continúa: `kept contact %s --interest` y el tema, con `--until` y un día.\n") \
	X("%s told you what they want to hear of, and new approved material on it is proposed to you. That " \
	  "ends soon:\n\n", \
	  "%s hat Ihnen gesagt, wovon man dort hören will, und neues freigegebenes Material dazu schlage ich " \
	  "Ihnen vor. Das endet bald:\n\n", \
	  "%s vous a dit ce qui l’intéresse, et le nouveau matériel approuvé à ce sujet vous est proposé. Cela " \
	  "se termine bientôt :\n\n", \
	  "%s le dijo de qué quiere saber, y se le propone el nuevo material aprobado sobre ello. Eso termina " \
	  "pronto:\n\n") \
	X("\nWithout a word of yours it ends. I ask once.\n", \
	  "\nOhne ein Wort von Ihnen endet es. Ich frage nur einmal.\n", \
	  "\nSans un mot de vous, cela se termine. Je ne demande qu’une fois.\n", \
	  "\nSin una palabra suya, termina. Pregunto una sola vez.\n") \
	X("Does %s still want to hear of %s?", \
	  "Will %s noch hören von %s?", \
	  "%s veut-il toujours des nouvelles de %s ?", \
	  "¿%s quiere seguir sabiendo de %s?") \
	X("“%s” (r%lld) was approved, and bears on what %s wants to hear of: “%s”. Nothing was promised to %s " \
	  "that I know of, so I prepared no mail. If you write, put my address in BCC where you promise " \
	  "something.\n", \
	  "„%s“ (r%lld) ist freigegeben und passt zu dem, wovon %s hören will: „%s“. Versprochen ist %s meines " \
	  "Wissens nichts, also habe ich keine Mail vorbereitet. Wenn Sie schreiben und etwas versprechen, " \
	  "setzen Sie meine Adresse in BCC.\n", \
	  "« %s » (r%lld) est approuvé et touche à ce dont %s veut des nouvelles : « %s ». Rien n’a été promis " \
	  "à %s que je sache, je n’ai donc préparé aucun message. Si vous écrivez, mettez mon adresse en CCI " \
	  "là où vous promettez quelque chose.\n", \
	  "«%s» (r%lld) está aprobado y toca aquello de lo que %s quiere saber: «%s». Que yo sepa, no se " \
	  "prometió nada a %s, así que no preparé ningún mensaje. Si escribe, ponga mi dirección en CCO donde " \
	  "prometa algo.\n") \
	X("New material for %s: %s", \
	  "Neues Material für %s: %s", \
	  "Nouveau matériel pour %s : %s", \
	  "Nuevo material para %s: %s") \
	X("new approved material bears on what they want to hear of: %s", \
	  "neues freigegebenes Material passt zu dem, wovon man dort hören will: %s", \
	  "du nouveau matériel approuvé touche à ce dont ils veulent des nouvelles : %s", \
	  "hay nuevo material aprobado sobre aquello de lo que quieren saber: %s") \
	X("that is the answer to a mail that asks whom you met; nothing was noted.", \
	  "das antwortet auf eine Mail, die fragt, wen Sie getroffen haben; nichts wurde notiert.", \
	  "cela répond à un message qui demande qui vous avez rencontré ; rien n’a été noté.", \
	  "eso responde a un mensaje que pregunta con quién se reunió; no se anotó nada.") \
	X("that was answered already. What the recap should say otherwise, answer to the mail that shows it.", \
	  "das ist schon beantwortet. Was die Zusammenfassung anders sagen soll, antworten Sie auf die Mail, " \
	  "die sie zeigt.", \
	  "c’est déjà répondu. Ce que le compte rendu devrait dire autrement, répondez-le au message qui le " \
	  "montre.", \
	  "eso ya está respondido. Lo que el resumen deba decir de otro modo, respóndalo al mensaje que lo " \
	  "muestra.") \
	X("to meet them for it as often, answer `at` and the first time, as `at friday 3pm`.", \
	  "um sich ebenso oft dazu zu treffen, antworten Sie `at` und den ersten Termin, etwa `at freitag 15 " \
	  "uhr`.", \
	  "pour vous voir aussi souvent à ce sujet, répondez `at` et le premier horaire, comme `at friday 3pm`.", \
	  "para reunirse por ello con la misma frecuencia, responda `at` y la primera hora, como `at friday " \
	  "3pm`.") \
	X("accept what? For a held message, answer with its number, as `accept h3`.", \
	  "was annehmen? Für eine zurückgehaltene Nachricht antworten Sie mit ihrer Nummer, etwa `accept h3`.", \
	  "accepter quoi ? Pour un message retenu, répondez avec son numéro, comme `accept h3`.", \
	  "¿aceptar qué? Para un mensaje retenido, responda con su número, como `accept h3`.") \
	X("h%lld: there is no such held message of yours.", \
	  "h%lld: eine solche zurückgehaltene Nachricht haben Sie nicht.", \
	  "h%lld : vous n’avez pas ce message retenu.", \
	  "h%lld: usted no tiene ese mensaje retenido.") \
	X("you say so; %s", "Sie sagen es; %s", "vous le dites ; %s", "usted lo dice; %s") \
	X("`%s`: nothing was done. For mail to others the words are `send`, `skip`, or `edit` and your text.", \
	  "`%s`: nichts wurde getan. Für Mail an andere sind die Worte `send`, `skip`, oder `edit` und Ihr " \
	  "Text.", \
	  "`%s` : rien n’a été fait. Pour un message à d’autres, les mots sont `send`, `skip`, ou `edit` et " \
	  "votre texte.", \
	  "`%s`: no se hizo nada. Para un mensaje a otros, las palabras son `send`, `skip`, o `edit` y su " \
	  "texto.") \
	X("`%s` was understood, but nothing is asked of you there; nothing was changed.", \
	  "`%s` wurde verstanden, aber dort wird Sie nichts gefragt; nichts wurde geändert.", \
	  "`%s` a été compris, mais on ne vous y demande rien ; rien n’a été changé.", \
	  "`%s` se entendió, pero ahí no se le pregunta nada; no se cambió nada.") \
	X("`%s` was understood, but there is nothing here that it could act on; nothing was changed.", \
	  "`%s` wurde verstanden, aber hier ist nichts, worauf es wirken könnte; nichts wurde geändert.", \
	  "`%s` a été compris, mais il n’y a rien ici sur quoi agir ; rien n’a été changé.", \
	  "`%s` se entendió, pero aquí no hay nada sobre lo que actuar; no se cambió nada.")

#endif
