<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Bubble</name>
    <message numerus="yes">
        <source>Show all (%n letters)</source>
        <translation>
            <numerusform>Alles zeigen (%n Zeichen)</numerusform>
            <numerusform>Alles zeigen (%n Zeichen)</numerusform>
        </translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>Weniger zeigen</translation>
    </message>
    <message>
        <source>Not delivered. Sent again below.</source>
        <translation>Nicht zugestellt. Weiter unten noch einmal gesendet.</translation>
    </message>
    <message>
        <source>Not delivered. Click to send again.</source>
        <translation>Nicht zugestellt. Zum erneuten Senden klicken.</translation>
    </message>
    <message>
        <source>Not delivered: %1. Click to send again.</source>
        <translation>Nicht zugestellt: %1. Zum erneuten Senden klicken.</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>&quot;%1&quot; is not an address; write host:port, e.g. node.example.org:6824</source>
        <translation>„%1“ ist keine Adresse; schreibe Rechner:Port, zum Beispiel node.example.org:6824</translation>
    </message>
    <message>
        <source>%1 belongs to somebody else, who was first to register it</source>
        <translation>%1 gehört jemand anderem, der den Namen zuerst registriert hat</translation>
    </message>
    <message>
        <source>%1 cannot be reached: %2</source>
        <translation>%1 ist nicht zu erreichen: %2</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 Tagen</translation>
    </message>
    <message>
        <source>%1 did not acknowledge the text in time</source>
        <translation>%1 hat den Text nicht rechtzeitig bestätigt</translation>
    </message>
    <message>
        <source>%1 did not answer within 5 s</source>
        <translation>%1 hat innerhalb von 5 s nicht geantwortet</translation>
    </message>
    <message>
        <source>%1 gives no address to dial</source>
        <translation>%1 nennt keine Adresse, die man anwählen könnte</translation>
    </message>
    <message>
        <source>%1 has no IP address</source>
        <translation>%1 hat keine IP-Adresse</translation>
    </message>
    <message>
        <source>%1 has not added you yet</source>
        <translation>%1 hat dich noch nicht hinzugefügt</translation>
    </message>
    <message>
        <source>%1 has switched texts off</source>
        <translation>%1 hat Texte abgeschaltet</translation>
    </message>
    <message>
        <source>%1 is in use by another program</source>
        <translation>%1 wird von einem anderen Programm benutzt</translation>
    </message>
    <message>
        <source>%1 is in use by another program; choose another port</source>
        <translation>%1 wird von einem anderen Programm benutzt; wähle einen anderen Port</translation>
    </message>
    <message>
        <source>%1 is not a folder of yours (symbolic links are not followed); choose another with --profile DIR</source>
        <translation>%1 ist kein Ordner von dir (symbolischen Verknüpfungen wird nicht gefolgt); wähle einen anderen mit --profile ORDNER</translation>
    </message>
    <message>
        <source>%1 is not an address of this machine</source>
        <translation>%1 ist keine Adresse dieses Rechners</translation>
    </message>
    <message>
        <source>%1 is not on line</source>
        <translation>%1 ist nicht online</translation>
    </message>
    <message>
        <source>%1 is not on the buddy list; add her first</source>
        <translation>%1 steht nicht auf der Kontaktliste; füge den Kontakt zuerst hinzu</translation>
    </message>
    <message>
        <source>%1 is not on your buddy list; add her first</source>
        <translation>%1 steht nicht auf deiner Kontaktliste; füge den Kontakt zuerst hinzu</translation>
    </message>
    <message>
        <source>%1 is on line, but does not answer where her location says</source>
        <translation>%1 ist online, antwortet aber nicht am hinterlegten Ort</translation>
    </message>
    <message>
        <source>%1 is registered already, with this password; sign on</source>
        <translation>%1 ist mit diesem Passwort schon registriert; melde dich an</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 needs rights that this program lacks; ports from 1024 on are free to use</source>
        <translation>%1 verlangt Rechte, die dieses Programm nicht hat; Ports ab 1024 sind frei</translation>
    </message>
    <message>
        <source>%1 now belongs to another key, with the fingerprint %2; compare it with her before you trust it</source>
        <translation>%1 gehört jetzt zu einem anderen Schlüssel, mit dem Fingerabdruck %2; vergleiche ihn, bevor du ihm traust</translation>
    </message>
    <message>
        <source>%1: this machine does not speak IPv6; use an IPv4 address, such as 0.0.0.0</source>
        <translation>%1: dieser Rechner spricht kein IPv6; nimm eine IPv4-Adresse, etwa 0.0.0.0</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be set</source>
        <translation>„%1“ lässt sich nicht einstellen</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has no setting &apos;%2&apos;</source>
        <translation>„%1“ hat keine Einstellung „%2“</translation>
    </message>
    <message>
        <source>Let others learn whether they are on my list</source>
        <translation>Andere erfahren lassen, ob sie auf meiner Liste stehen</translation>
    </message>
    <message>
        <source>Notices within ten seconds when a buddy&apos;s machine is gone; without it nobody&apos;s state would be true, so it is always on.</source>
        <translation>Bemerkt innerhalb von zehn Sekunden, wenn der Rechner eines Kontakts weg ist; ohne das stimmte kein Status, deshalb ist es immer an.</translation>
    </message>
    <message>
        <source>Sends and receives texts.</source>
        <translation>Sendet und empfängt Texte.</translation>
    </message>
    <message>
        <source>Tell my own words beside the status</source>
        <translation>Neben dem Status auch meine eigenen Worte mitteilen</translation>
    </message>
    <message>
        <source>Tells buddies at once whether you are away or busy, and shows how they are.</source>
        <translation>Teilt Kontakten sofort mit, ob du abwesend oder beschäftigt sind, und zeigt, wie es ihnen geht.</translation>
    </message>
    <message>
        <source>What others store here is kept in memory only: %1</source>
        <translation>Was andere hier ablegen, bleibt nur im Arbeitsspeicher: %1</translation>
    </message>
    <message>
        <source>a buddy is in at most 4 groups; leave one out</source>
        <translation>ein Kontakt ist in höchstens 4 Gruppen; lass eine weg</translation>
    </message>
    <message>
        <source>a buddy list has at most 1000 entries; remove one</source>
        <translation>eine Kontaktliste hat höchstens 1000 Einträge; entferne einen</translation>
    </message>
    <message>
        <source>a buddy list in a form that we do not know</source>
        <translation>eine Kontaktliste in unbekannter Form</translation>
    </message>
    <message>
        <source>a damaged part of a buddy list</source>
        <translation>ein beschädigter Teil einer Kontaktliste</translation>
    </message>
    <message>
        <source>a group&apos;s name has at most 32 bytes; shorten it</source>
        <translation>der Name einer Gruppe hat höchstens 32 Bytes; kürze ihn</translation>
    </message>
    <message>
        <source>a group&apos;s name must be UTF-8 and not empty</source>
        <translation>der Name einer Gruppe muss UTF-8 und darf nicht leer sein</translation>
    </message>
    <message>
        <source>a later version of Basic wrote this history; use that one, or choose another folder with --profile DIR</source>
        <translation>diesen Verlauf hat eine neuere Version von Basic geschrieben; nimm diese oder wähle einen anderen Ordner mit --profile ORDNER</translation>
    </message>
    <message>
        <source>a link to her has stood for %1</source>
        <translation>eine Verbindung besteht seit %1</translation>
    </message>
    <message>
        <source>a link to her stands, but several broke lately, so it has to last first</source>
        <translation>eine Verbindung besteht, aber mehrere sind zuletzt abgerissen, sie muss erst eine Weile halten</translation>
    </message>
    <message>
        <source>a location in a form that we do not know</source>
        <translation>ein hinterlegter Ort in unbekannter Form</translation>
    </message>
    <message>
        <source>a location of which no slot is for us</source>
        <translation>ein hinterlegter Ort, von dem kein Fach für uns ist</translation>
    </message>
    <message>
        <source>a newer record of the same owner is stored already</source>
        <translation>ein neuerer Eintrag desselben Besitzers ist schon abgelegt</translation>
    </message>
    <message>
        <source>a part of the buddy list is missing</source>
        <translation>ein Teil der Kontaktliste fehlt</translation>
    </message>
    <message>
        <source>a read needs room for at least one byte</source>
        <translation>zum Lesen braucht es Platz für wenigstens ein Byte</translation>
    </message>
    <message>
        <source>a sealed body of the wrong size</source>
        <translation>ein versiegelter Inhalt von falscher Größe</translation>
    </message>
    <message>
        <source>a search has at most 256 bytes; use fewer words</source>
        <translation>eine Suche hat höchstens 256 Bytes; nimm weniger Wörter</translation>
    </message>
    <message>
        <source>a status has no setting &apos;%1&apos;</source>
        <translation>ein Status hat keine Einstellung „%1“</translation>
    </message>
    <message>
        <source>a status text has at most 64 bytes; shorten it</source>
        <translation>ein Statustext hat höchstens 64 Bytes; kürze ihn</translation>
    </message>
    <message>
        <source>a status text must be UTF-8</source>
        <translation>ein Statustext muss UTF-8 sein</translation>
    </message>
    <message>
        <source>a status that is not one</source>
        <translation>ein Status, der keiner ist</translation>
    </message>
    <message>
        <source>a text frame of an unknown type</source>
        <translation>ein Text unbekannter Art</translation>
    </message>
    <message>
        <source>a text has at most 16384 bytes; send it in parts</source>
        <translation>ein Text hat höchstens 16384 Bytes; sende ihn in Teilen</translation>
    </message>
    <message>
        <source>a text must be UTF-8 and not empty</source>
        <translation>ein Text muss UTF-8 und darf nicht leer sein</translation>
    </message>
    <message>
        <source>a username is 3 to 32 letters (a-z), digits, dots, dashes or underscores, and begins with a letter</source>
        <translation>ein Benutzername hat 3 bis 32 Buchstaben (a-z), Ziffern, Punkte, Binde- oder Unterstriche und beginnt mit einem Buchstaben</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>eine ganze Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>already signed on</source>
        <translation>schon angemeldet</translation>
    </message>
    <message>
        <source>an alias has at most 64 bytes; shorten it</source>
        <translation>ein Alias hat höchstens 64 Bytes; kürze ihn</translation>
    </message>
    <message>
        <source>an alias must be UTF-8</source>
        <translation>ein Alias muss UTF-8 sein</translation>
    </message>
    <message>
        <source>announcing your location</source>
        <translation>dein Ort bekannt gegeben wurde</translation>
    </message>
    <message>
        <source>another handshake with her came to nothing</source>
        <translation>ein anderer Verbindungsaufbau kam nicht zustande</translation>
    </message>
    <message>
        <source>another of your machines keeps changing the buddy list; nothing was lost, try again</source>
        <translation>ein anderer deiner Rechner ändert die Kontaktliste immerzu; nichts ging verloren, versuche es noch einmal</translation>
    </message>
    <message>
        <source>another program uses the profile %1; end it, or choose another with --profile DIR</source>
        <translation>ein anderes Programm benutzt das Profil %1; beende es oder wähle ein anderes mit --profile ORDNER</translation>
    </message>
    <message>
        <source>at most 65536 bytes can be kept here; shorten it</source>
        <translation>hier lassen sich höchstens 65536 Bytes aufheben; kürze es</translation>
    </message>
    <message>
        <source>by now %1 is offered with another key than the one you compared; compare again</source>
        <translation>für %1 wird inzwischen ein anderer Schlüssel angeboten als der, den du verglichen hast; vergleiche noch einmal</translation>
    </message>
    <message>
        <source>cannot be reached now; the text was not sent</source>
        <translation>gerade nicht zu erreichen; der Text wurde nicht gesendet</translation>
    </message>
    <message>
        <source>cannot open %1: %2</source>
        <translation>%1 lässt sich nicht öffnen: %2</translation>
    </message>
    <message>
        <source>cannot open %1; is the folder yours, and the disk not full?</source>
        <translation>%1 lässt sich nicht öffnen; gehört der Ordner dir, und ist auf der Platte noch Platz?</translation>
    </message>
    <message>
        <source>cannot open a socket: %1</source>
        <translation>es lässt sich kein Socket öffnen: %1</translation>
    </message>
    <message>
        <source>cannot use %1 as a profile: %2</source>
        <translation>%1 ist als Profil nicht zu gebrauchen: %2</translation>
    </message>
    <message>
        <source>claiming the name</source>
        <translation>der Name beansprucht wurde</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>dialling her was not answered %1 ago</source>
        <translation>ein Anwählen blieb vor %1 ohne Antwort</translation>
    </message>
    <message>
        <source>dialling her was refused %1 ago</source>
        <translation>ein Anwählen wurde vor %1 abgewiesen</translation>
    </message>
    <message>
        <source>fetching the buddy list</source>
        <translation>die Kontaktliste geholt wurde</translation>
    </message>
    <message>
        <source>fetching the keys</source>
        <translation>die Schlüssel geholt wurden</translation>
    </message>
    <message>
        <source>four or five words that have nothing to do with each other will do, and are easy to keep</source>
        <translation>vier oder fünf Wörter, die nichts miteinander zu tun haben, genügen und sind leicht zu merken</translation>
    </message>
    <message>
        <source>hashing the password needs %1 MiB of memory; close something and try again</source>
        <translation>das Passwort zu verarbeiten braucht %1 MiB Arbeitsspeicher; schließe etwas und versuche es noch einmal</translation>
    </message>
    <message>
        <source>her end closed the link %1 ago, without a goodbye</source>
        <translation>die andere Seite hat die Verbindung vor %1 geschlossen, ohne Abschied</translation>
    </message>
    <message>
        <source>her link fell silent %1 ago</source>
        <translation>die Verbindung ist vor %1 verstummt</translation>
    </message>
    <message>
        <source>her link was lost just now, and she is being dialled</source>
        <translation>die Verbindung ging gerade verloren, es wird neu gewählt</translation>
    </message>
    <message>
        <source>her location ran out %1 ago and was not renewed</source>
        <translation>der hinterlegte Ort ist vor %1 abgelaufen und wurde nicht erneuert</translation>
    </message>
    <message>
        <source>her location was still valid %1 ago, but nobody answers where it points</source>
        <translation>der hinterlegte Ort galt vor %1 noch, aber dort antwortet niemand</translation>
    </message>
    <message>
        <source>link</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>looking for %1</source>
        <translation>nach %1 gesucht wurde</translation>
    </message>
    <message>
        <source>looking up %1</source>
        <translation>%1 nachgeschlagen wurde</translation>
    </message>
    <message>
        <source>looking up the name</source>
        <translation>der Name nachgeschlagen wurde</translation>
    </message>
    <message>
        <source>malformed</source>
        <translation>fehlerhaft</translation>
    </message>
    <message>
        <source>more texts at once than anybody may send</source>
        <translation>mehr Texte auf einmal, als man senden darf</translation>
    </message>
    <message>
        <source>no OpenHash node answered while %1; nothing was lost. Check the network and the nodes given, then try again</source>
        <translation>kein OpenHash-Knoten hat geantwortet, während %1; nichts ging verloren. Prüfe das Netz und die angegebenen Knoten und versuche es noch einmal</translation>
    </message>
    <message>
        <source>no OpenHash node answers; nothing was lost, try again</source>
        <translation>kein OpenHash-Knoten antwortet; nichts ging verloren, versuche es noch einmal</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>keine Antwort zur rechten Zeit</translation>
    </message>
    <message>
        <source>no buddy list is stored</source>
        <translation>es ist keine Kontaktliste abgelegt</translation>
    </message>
    <message>
        <source>no name server answered for %1; is the line up?</source>
        <translation>kein Nameserver hat für %1 geantwortet; besteht die Verbindung zum Netz?</translation>
    </message>
    <message>
        <source>no node answered: is one running, and is its address right?</source>
        <translation>kein Knoten hat geantwortet: läuft einer, und stimmt seine Adresse?</translation>
    </message>
    <message>
        <source>no node answered: is the network there?</source>
        <translation>kein Knoten hat geantwortet: ist das Netz da?</translation>
    </message>
    <message>
        <source>no password is empty or that long</source>
        <translation>kein Passwort ist leer oder so lang</translation>
    </message>
    <message>
        <source>no storage node answers: whoever has a link to you stays, nobody else can be found</source>
        <translation>kein Speicherknoten antwortet: wer mit dir verbunden ist, bleibt es, sonst ist niemand zu finden</translation>
    </message>
    <message>
        <source>no user&apos;s profile is open</source>
        <translation>es ist kein Profil geöffnet</translation>
    </message>
    <message>
        <source>no vault for this name and password</source>
        <translation>kein Tresor für diesen Namen und dieses Passwort</translation>
    </message>
    <message>
        <source>nobody answers there</source>
        <translation>dort antwortet niemand</translation>
    </message>
    <message>
        <source>nobody could be reached</source>
        <translation>niemand war zu erreichen</translation>
    </message>
    <message>
        <source>nobody has been asked yet</source>
        <translation>es wurde noch niemand gefragt</translation>
    </message>
    <message>
        <source>nobody has this username</source>
        <translation>niemand hat diesen Benutzernamen</translation>
    </message>
    <message>
        <source>nobody is registered as %1</source>
        <translation>niemand ist als %1 registriert</translation>
    </message>
    <message>
        <source>nobody is registered as %1; check the spelling, or register</source>
        <translation>niemand ist als %1 registriert; prüfe die Schreibweise oder registriere dich</translation>
    </message>
    <message>
        <source>nobody knows</source>
        <translation>niemand weiß es</translation>
    </message>
    <message>
        <source>nobody listens there</source>
        <translation>dort hört niemand zu</translation>
    </message>
    <message>
        <source>nobody vouches for that name</source>
        <translation>für diesen Namen bürgt niemand</translation>
    </message>
    <message>
        <source>not a possible username</source>
        <translation>kein möglicher Benutzername</translation>
    </message>
    <message>
        <source>not at home</source>
        <translation>nicht zu Hause</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>nicht gefunden</translation>
    </message>
    <message>
        <source>not on the buddy list</source>
        <translation>nicht auf der Kontaktliste</translation>
    </message>
    <message>
        <source>not signed on</source>
        <translation>nicht angemeldet</translation>
    </message>
    <message>
        <source>on or off</source>
        <translation>an oder aus</translation>
    </message>
    <message>
        <source>one line of UTF-8, at most %1 bytes</source>
        <translation>eine Zeile UTF-8, höchstens %1 Bytes</translation>
    </message>
    <message>
        <source>one of: %1</source>
        <translation>eines von: %1</translation>
    </message>
    <message>
        <source>others cannot find you: %1</source>
        <translation>andere können dich nicht finden: %1</translation>
    </message>
    <message>
        <source>our own line has been cut for %1</source>
        <translation>die eigene Leitung ist seit %1 unterbrochen</translation>
    </message>
    <message>
        <source>parts of the buddy list cannot be found at the moment; nothing was lost, try again in a minute</source>
        <translation>Teile der Kontaktliste sind im Moment nicht zu finden; nichts ging verloren, versuche es in einer Minute noch einmal</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>sealed for another place, or damaged</source>
        <translation>für einen anderen Ort versiegelt oder beschädigt</translation>
    </message>
    <message>
        <source>sealed with another key</source>
        <translation>mit einem anderen Schlüssel versiegelt</translation>
    </message>
    <message>
        <source>several people claim the name %1; ask yours for the fingerprint. The claims</source>
        <translation>mehrere Leute beanspruchen den Namen %1; frage deinen Kontakt nach dem Fingerabdruck. Die Ansprüche</translation>
    </message>
    <message>
        <source>several people claim this username; compare fingerprints</source>
        <translation>mehrere Leute beanspruchen diesen Benutzernamen; vergleiche die Fingerabdrücke</translation>
    </message>
    <message>
        <source>she declined for the sake of a link that is gone</source>
        <translation>abgelehnt einer Verbindung wegen, die es nicht mehr gibt</translation>
    </message>
    <message>
        <source>she is at another place than her location says</source>
        <translation>an einem anderen Ort als dem hinterlegten</translation>
    </message>
    <message>
        <source>she is at newer places</source>
        <translation>an neueren Orten</translation>
    </message>
    <message>
        <source>she is blocked</source>
        <translation>blockiert</translation>
    </message>
    <message>
        <source>she said goodbye %1 ago</source>
        <translation>vor %1 abgemeldet</translation>
    </message>
    <message>
        <source>sign off first</source>
        <translation>melde dich zuerst ab</translation>
    </message>
    <message>
        <source>sign on first</source>
        <translation>melde dich zuerst an</translation>
    </message>
    <message>
        <source>signed off</source>
        <translation>abgemeldet</translation>
    </message>
    <message>
        <source>signed off before acknowledging the text</source>
        <translation>abgemeldet, ehe der Text bestätigt war</translation>
    </message>
    <message>
        <source>signed off before the buddy list was stored</source>
        <translation>abgemeldet, ehe die Kontaktliste abgelegt war</translation>
    </message>
    <message>
        <source>signing on</source>
        <translation>die Anmeldung lief</translation>
    </message>
    <message>
        <source>somebody claims to be %1 with another key than before and was refused; ask her before you trust it: %2</source>
        <translation>jemand gibt sich mit einem anderen Schlüssel als bisher als %1 aus und wurde abgewiesen; frage nach, bevor du ihm traust: %2</translation>
    </message>
    <message>
        <source>somebody else answered there</source>
        <translation>dort antwortete jemand anderes</translation>
    </message>
    <message>
        <source>somebody else claimed %1 at the same moment and has not given it up; choose another name</source>
        <translation>jemand anderes hat %1 im selben Augenblick beansprucht und nicht aufgegeben; wähle einen anderen Namen</translation>
    </message>
    <message>
        <source>somebody else holds it</source>
        <translation>jemand anderes hat es</translation>
    </message>
    <message>
        <source>status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>storing the blank location</source>
        <translation>der leere Ort abgelegt wurde</translation>
    </message>
    <message>
        <source>storing the buddy list</source>
        <translation>die Kontaktliste abgelegt wurde</translation>
    </message>
    <message>
        <source>storing the keys</source>
        <translation>die Schlüssel abgelegt wurden</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>texts cannot be kept, so those of others are not accepted: %1</source>
        <translation>Texte lassen sich nicht aufheben, deshalb werden die von anderen nicht angenommen: %1</translation>
    </message>
    <message>
        <source>that is ourselves</source>
        <translation>das sind wir selbst</translation>
    </message>
    <message>
        <source>that is you; name somebody else</source>
        <translation>das bist du selbst; nenne jemand anderen</translation>
    </message>
    <message>
        <source>the buddy list has %1 bytes of at most %2; remove some buddies</source>
        <translation>die Kontaktliste hat %1 Bytes von höchstens %2; entferne einige Kontakte</translation>
    </message>
    <message>
        <source>the buddy list of %1 cannot be found at the moment; try again in a minute. If registering was interrupted, register again with the same password</source>
        <translation>die Kontaktliste von %1 ist im Moment nicht zu finden; versuche es in einer Minute noch einmal. Wurde das Registrieren unterbrochen, registriere dich noch einmal mit demselben Passwort</translation>
    </message>
    <message>
        <source>the claim to %1 was stored but is not found again; register once more with the same password</source>
        <translation>der Anspruch auf %1 wurde abgelegt, ist aber nicht wiederzufinden; registriere dich noch einmal mit demselben Passwort</translation>
    </message>
    <message>
        <source>the clock of this machine is about %1 ahead of those of others, and nothing it signs is kept: set it</source>
        <translation>die Uhr dieses Rechners geht gegenüber anderen um etwa %1 vor, und nichts, was er unterschreibt, wird aufgehoben: stelle sie</translation>
    </message>
    <message>
        <source>the clock of this machine is at least %1 behind those of others, and nothing it signs is kept: set it</source>
        <translation>die Uhr dieses Rechners geht gegenüber anderen um mindestens %1 nach, und nichts, was er unterschreibt, wird aufgehoben: stelle sie</translation>
    </message>
    <message>
        <source>the connection is closed</source>
        <translation>die Verbindung ist geschlossen</translation>
    </message>
    <message>
        <source>the connection was cut off</source>
        <translation>die Verbindung wurde unterbrochen</translation>
    </message>
    <message>
        <source>the history cannot be used: %1</source>
        <translation>der Verlauf ist nicht zu gebrauchen: %1</translation>
    </message>
    <message>
        <source>the journal %1 is damaged and cannot be moved out of the way: move it by hand</source>
        <translation>das Journal %1 ist beschädigt und lässt sich nicht beiseiteschaffen: verschiebe es von Hand</translation>
    </message>
    <message>
        <source>the journal is closed</source>
        <translation>das Journal ist geschlossen</translation>
    </message>
    <message>
        <source>the journal: %1</source>
        <translation>das Journal: %1</translation>
    </message>
    <message>
        <source>the key of %1 has not changed; there is nothing to accept</source>
        <translation>der Schlüssel von %1 hat sich nicht geändert; es gibt nichts anzunehmen</translation>
    </message>
    <message>
        <source>the key of a setting has at most 255 bytes</source>
        <translation>der Schlüssel einer Einstellung hat höchstens 255 Bytes</translation>
    </message>
    <message>
        <source>the keys are kept in a form that a newer version of this program reads</source>
        <translation>die Schlüssel sind in einer Form abgelegt, die eine neuere Version dieses Programms liest</translation>
    </message>
    <message>
        <source>the link is always on</source>
        <translation>die Verbindung ist immer an</translation>
    </message>
    <message>
        <source>the location has %1 bytes of at most %2</source>
        <translation>der Ort hat %1 Bytes von höchstens %2</translation>
    </message>
    <message>
        <source>the name %1 belongs to another key than before; compare the safety number with her before you trust it</source>
        <translation>der Name %1 gehört zu einem anderen Schlüssel als bisher; vergleiche die Sicherheitsnummer, bevor du ihm traust</translation>
    </message>
    <message>
        <source>the name %1 is taken; choose another</source>
        <translation>der Name %1 ist vergeben; wähle einen anderen</translation>
    </message>
    <message>
        <source>the name belongs to another key</source>
        <translation>der Name gehört zu einem anderen Schlüssel</translation>
    </message>
    <message>
        <source>the nodes take no more owners at this key</source>
        <translation>die Knoten nehmen an dieser Stelle keine weiteren Besitzer an</translation>
    </message>
    <message>
        <source>the other side reads too slowly: 4 MiB are waiting</source>
        <translation>die andere Seite liest zu langsam: 4 MiB warten</translation>
    </message>
    <message>
        <source>the parts of the buddy list do not fit together</source>
        <translation>die Teile der Kontaktliste passen nicht zusammen</translation>
    </message>
    <message>
        <source>the password has control characters or is not UTF-8; use characters that every keyboard can type</source>
        <translation>das Passwort hat Steuerzeichen oder ist nicht UTF-8; nimm Zeichen, die sich auf jeder Tastatur tippen lassen</translation>
    </message>
    <message>
        <source>the password is longer than 1024 bytes; shorten it</source>
        <translation>das Passwort ist länger als 1024 Bytes; kürze es</translation>
    </message>
    <message>
        <source>the password is shorter than 8 characters</source>
        <translation>das Passwort ist kürzer als 8 Zeichen</translation>
    </message>
    <message>
        <source>the password is too easy to guess</source>
        <translation>das Passwort ist zu leicht zu erraten</translation>
    </message>
    <message>
        <source>the password is too easy to guess (about %1 bits of the %2 needed; common words, names, dates, keyboard rows and your username count little)</source>
        <translation>das Passwort ist zu leicht zu erraten (etwa %1 von %2 nötigen Bit; gängige Wörter, Namen, Daten, Tastenreihen und der Benutzername zählen wenig)</translation>
    </message>
    <message>
        <source>the password is wrong</source>
        <translation>das Passwort ist falsch</translation>
    </message>
    <message>
        <source>the record is no longer valid</source>
        <translation>der Eintrag gilt nicht mehr</translation>
    </message>
    <message>
        <source>the record is too large to be stored</source>
        <translation>der Eintrag ist zu groß, um abgelegt zu werden</translation>
    </message>
    <message>
        <source>the registration of %1 was never finished, or has lapsed; register again with the same password</source>
        <translation>die Registrierung von %1 wurde nie abgeschlossen oder ist verfallen; registriere dich noch einmal mit demselben Passwort</translation>
    </message>
    <message>
        <source>the store did not say where she is, %1 ago</source>
        <translation>der Speicher wusste vor %1 nichts über den Ort</translation>
    </message>
    <message>
        <source>the stored buddy list is in a form that this client does not read: %1</source>
        <translation>die abgelegte Kontaktliste ist in einer Form, die dieses Programm nicht liest: %1</translation>
    </message>
    <message>
        <source>the stored keys are cut short</source>
        <translation>die abgelegten Schlüssel sind unvollständig</translation>
    </message>
    <message>
        <source>the stream is gone</source>
        <translation>die Verbindung ist weg</translation>
    </message>
    <message>
        <source>the system cannot watch another descriptor: %1</source>
        <translation>das System kann keinen weiteren Deskriptor beobachten: %1</translation>
    </message>
    <message>
        <source>the system failed</source>
        <translation>das System hat versagt</translation>
    </message>
    <message>
        <source>the username belongs to another key than before</source>
        <translation>der Benutzername gehört zu einem anderen Schlüssel als bisher</translation>
    </message>
    <message>
        <source>the username is taken</source>
        <translation>der Benutzername ist vergeben</translation>
    </message>
    <message>
        <source>there is no host named %1</source>
        <translation>es gibt keinen Rechner namens %1</translation>
    </message>
    <message>
        <source>there is no module &apos;%1&apos;; there are: %2</source>
        <translation>es gibt kein Modul „%1“; es gibt: %2</translation>
    </message>
    <message>
        <source>there is nothing to set</source>
        <translation>es gibt nichts einzustellen</translation>
    </message>
    <message>
        <source>there was no location of hers %1 ago</source>
        <translation>vor %1 war kein Ort hinterlegt</translation>
    </message>
    <message>
        <source>this is no buddy list of version 1</source>
        <translation>das ist keine Kontaktliste der Version 1</translation>
    </message>
    <message>
        <source>this is not the password of %1</source>
        <translation>das ist nicht das Passwort von %1</translation>
    </message>
    <message>
        <source>this machine slept until %1 ago, and she was not heard of since</source>
        <translation>dieser Rechner schlief bis vor %1, seitdem kam keine Nachricht</translation>
    </message>
    <message>
        <source>this name does not begin with a letter</source>
        <translation>dieser Name beginnt nicht mit einem Buchstaben</translation>
    </message>
    <message>
        <source>this name has a character that names cannot have</source>
        <translation>dieser Name hat ein Zeichen, das in Namen nicht vorkommen darf</translation>
    </message>
    <message>
        <source>this name is too long</source>
        <translation>dieser Name ist zu lang</translation>
    </message>
    <message>
        <source>this name is too short</source>
        <translation>dieser Name ist zu kurz</translation>
    </message>
    <message>
        <source>too few nodes were seen to hold the record; whether one does is not known</source>
        <translation>zu wenige Knoten haben den Eintrag erkennbar angenommen; ob einer ihn hat, ist ungewiss</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>zu groß</translation>
    </message>
    <message>
        <source>too many strangers at once</source>
        <translation>zu viele Fremde auf einmal</translation>
    </message>
    <message>
        <source>unknown error</source>
        <translation>unbekannter Fehler</translation>
    </message>
    <message>
        <source>unknown error %1</source>
        <translation>unbekannter Fehler %1</translation>
    </message>
    <message>
        <source>we are gone</source>
        <translation>wir sind weg</translation>
    </message>
    <message>
        <source>we do not dial her</source>
        <translation>wir wählen hier nicht an</translation>
    </message>
    <message>
        <source>while %1: %2</source>
        <translation>während %1: %2</translation>
    </message>
    <message>
        <source>whoever answered where her location points %1 ago was not she</source>
        <translation>wer vor %1 am hinterlegten Ort antwortete, war jemand anderes</translation>
    </message>
    <message>
        <source>you are not signed on; sign on first</source>
        <translation>du bist nicht angemeldet; melde dich zuerst an</translation>
    </message>
    <message>
        <source>you are signed on at another place, too</source>
        <translation>du bist auch an einem anderen Ort angemeldet</translation>
    </message>
    <message>
        <source>you have blocked %1; unblock her first</source>
        <translation>du hast %1 blockiert; hebe das zuerst auf</translation>
    </message>
    <message>
        <source>you have switched texts off; switch them on to send one</source>
        <translation>du hast Texte abgeschaltet; schalte sie ein, um einen zu senden</translation>
    </message>
    <message>
        <source>your own line is cut: nobody can be reached, nobody&apos;s state is known</source>
        <translation>deine eigene Leitung ist unterbrochen: niemand ist zu erreichen, von niemandem ist der Status bekannt</translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation>antwortet nicht</translation>
    </message>
    <message>
        <source>hides records that others show</source>
        <translation>verbirgt Einträge, die andere zeigen</translation>
    </message>
    <message>
        <source>no node answered</source>
        <translation>kein Knoten hat geantwortet</translation>
    </message>
    <message>
        <source>no node stored the record</source>
        <translation>kein Knoten hat den Eintrag abgelegt</translation>
    </message>
    <message>
        <source>stores nothing</source>
        <translation>legt nichts ab</translation>
    </message>
    <message>
        <source>what the nodes show is older than what they showed before; try again</source>
        <translation>was die Knoten zeigen, ist älter als das, was sie vorher zeigten; versuche es noch einmal</translation>
    </message>
    <message>
        <source>%1 records were saved, the old file is %2</source>
        <translation>%1 Einträge wurden gerettet, die alte Datei ist %2</translation>
    </message>
    <message>
        <source>nothing can be written for now; %1 records could be read</source>
        <translation>im Moment lässt sich nichts schreiben; %1 Einträge waren zu lesen</translation>
    </message>
    <message>
        <source>the end of the journal was not whole: %1 pages were cut, as a kill in the middle of a write leaves them</source>
        <translation>das Ende des Journals war nicht vollständig: %1 Seiten wurden abgeschnitten, wie ein Abbruch mitten im Schreiben sie hinterlässt</translation>
    </message>
    <message>
        <source>the journal %1: %2</source>
        <translation>das Journal %1: %2</translation>
    </message>
    <message>
        <source>the journal cannot be renamed: %1</source>
        <translation>das Journal lässt sich nicht umbenennen: %1</translation>
    </message>
    <message>
        <source>another machine has stored a buddy list meanwhile</source>
        <translation>ein anderer Rechner hat inzwischen eine Kontaktliste abgelegt</translation>
    </message>
    <message>
        <source>parts of the buddy list cannot be stored at the moment; nothing was lost, try again in a minute</source>
        <translation>Teile der Kontaktliste lassen sich gerade nicht ablegen; verloren ist nichts, versuch es in einer Minute noch einmal</translation>
    </message>
    <message>
        <source>this list does not merge: what is stored last stays</source>
        <translation>diese Liste wird nicht zusammengeführt: was zuletzt abgelegt wird, bleibt</translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message>
        <source>Known by an open link to her.</source>
        <translation>Bekannt durch eine offene Verbindung.</translation>
    </message>
    <message>
        <source>Known by her location; nobody could be asked.</source>
        <translation>Bekannt durch den hinterlegten Ort; fragen ließ sich niemand.</translation>
    </message>
    <message>
        <source>Known by looking for her.</source>
        <translation>Bekannt durch Nachsehen.</translation>
    </message>
    <message>
        <source>Nothing is known of her now.</source>
        <translation>Im Moment ist nichts bekannt.</translation>
    </message>
    <message>
        <source>There is no promise how long this can be wrong.</source>
        <translation>Wie lange das falsch sein kann, ist ungewiss.</translation>
    </message>
    <message>
        <source>If it is wrong, it will be put right within %1 s.</source>
        <translation>Falls es nicht stimmt, wird es in höchstens %1 s berichtigt.</translation>
    </message>
    <message>
        <source>If it is wrong, it will be put right by %1.</source>
        <translation>Falls es nicht stimmt, wird es bis %1 berichtigt.</translation>
    </message>
    <message>
        <source>%1 since just now</source>
        <translation>%1 seit eben</translation>
    </message>
    <message>
        <source>%1 since %2</source>
        <translation>%1 seit %2</translation>
    </message>
    <message>
        <source>%1 since %2, %3</source>
        <translation>%1 seit %2, %3</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message numerus="yes">
        <source>She is at %n places.</source>
        <translation>
            <numerusform>An einem Ort angemeldet.</numerusform>
            <numerusform>An %n Orten angemeldet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>online</source>
        <translation>online</translation>
    </message>
    <message>
        <source>away</source>
        <translation>abwesend</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>beschäftigt</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>invisible</source>
        <translation>unsichtbar</translation>
    </message>
    <message>
        <source>Making keys from your password …</source>
        <translation>Aus deinem Passwort entstehen Schlüssel …</translation>
    </message>
    <message>
        <source>Looking whether the name is free …</source>
        <translation>Prüfen, ob der Name frei ist …</translation>
    </message>
    <message>
        <source>Doing the work that keeps squatters away …</source>
        <translation>Rechenarbeit, die das Horten von Namen verhindert …</translation>
    </message>
    <message>
        <source>Claiming the name …</source>
        <translation>Der Name wird beansprucht …</translation>
    </message>
    <message>
        <source>Waiting whether anybody else claims it …</source>
        <translation>Abwarten, ob ihn noch jemand beansprucht …</translation>
    </message>
    <message>
        <source>Storing your keys, sealed …</source>
        <translation>Deine Schlüssel werden versiegelt abgelegt …</translation>
    </message>
    <message>
        <source>Signing on …</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>last seen %1</source>
        <translation>zuletzt gesehen: %1</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>yesterday, %1</source>
        <translation>gestern, %1</translation>
    </message>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n ungelesen</numerusform>
            <numerusform>%n ungelesen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>basic::gui::Actions</name>
    <message>
        <source>Buddies</source>
        <translation>Kontakte</translation>
    </message>
    <message>
        <source>Add a buddy</source>
        <translation>Kontakt hinzufügen</translation>
    </message>
    <message>
        <source>Search the buddies</source>
        <translation>Kontakte durchsuchen</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Gespräche</translation>
    </message>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Search this conversation</source>
        <translation>Dieses Gespräch durchsuchen</translation>
    </message>
    <message>
        <source>Next conversation</source>
        <translation>Nächstes Gespräch</translation>
    </message>
    <message>
        <source>Previous conversation</source>
        <translation>Voriges Gespräch</translation>
    </message>
    <message>
        <source>Close the conversation</source>
        <translation>Gespräch schließen</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Be online</source>
        <translation>Status: online</translation>
    </message>
    <message>
        <source>Be away</source>
        <translation>Status: abwesend</translation>
    </message>
    <message>
        <source>Be busy</source>
        <translation>Status: beschäftigt</translation>
    </message>
    <message>
        <source>Be invisible</source>
        <translation>Status: unsichtbar</translation>
    </message>
    <message>
        <source>Basic</source>
        <translation>Basic</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>Befehl suchen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>In a conversation</source>
        <translation>In einem Gespräch</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>Neue Zeile</translation>
    </message>
    <message>
        <source>Copy what is selected</source>
        <translation>Auswahl kopieren</translation>
    </message>
</context>
<context>
    <name>basic::gui::BuddyDelegate</name>
    <message>
        <source>blocked</source>
        <translation>blockiert</translation>
    </message>
    <message>
        <source>What you call %1</source>
        <translation>Wie du %1 nennst</translation>
    </message>
</context>
<context>
    <name>basic::gui::BuddyModel</name>
    <message>
        <source>Buddies</source>
        <translation>Kontakte</translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation>Blockiert</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n persons</source>
        <translation>
            <numerusform>%1, eine Person</numerusform>
            <numerusform>%1, %n Personen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 of %3 on line</source>
        <translation>%1, %2 von %3 online</translation>
    </message>
    <message>
        <source>%1, blocked</source>
        <translation>%1, blockiert</translation>
    </message>
    <message>
        <source>%1, you will be told when she comes on line</source>
        <translation>%1, bei der Anmeldung bekommst du Bescheid</translation>
    </message>
</context>
<context>
    <name>basic::gui::BuddyView</name>
    <message>
        <source>Buddies</source>
        <translation>Kontakte</translation>
    </message>
</context>
<context>
    <name>basic::gui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Find a command or a buddy</source>
        <translation>Befehl oder Kontakt suchen</translation>
    </message>
    <message>
        <source>Commands that match</source>
        <translation>Passende Befehle</translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation>Nichts passt</translation>
    </message>
    <message>
        <source>Talk with %1</source>
        <translation>Mit %1 reden</translation>
    </message>
    <message>
        <source>Command or buddy</source>
        <translation>Befehl oder Kontakt</translation>
    </message>
</context>
<context>
    <name>basic::gui::Composer</name>
    <message>
        <source>Write</source>
        <translation>Schreiben</translation>
    </message>
    <message>
        <source>Nothing was pasted: it has %1 letters, and a text has room for about %2.</source>
        <translation>Nichts eingefügt: Es sind %1 Zeichen, und in einen Text passen etwa %2.</translation>
    </message>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>Senden (Eingabetaste)</translation>
    </message>
    <message>
        <source>Text to %1</source>
        <translation>Text an %1</translation>
    </message>
    <message numerus="yes">
        <source>Too long by %n bytes: a text has room for %1. Send it in parts.</source>
        <translation>
            <numerusform>Um ein Byte zu lang: In einen Text passen %1. Sende ihn in Teilen.</numerusform>
            <numerusform>Um %n Bytes zu lang: In einen Text passen %1. Sende ihn in Teilen.</numerusform>
        </translation>
    </message>
    <message>
        <source>So much cannot be kept as a draft either.</source>
        <translation>So viel lässt sich auch nicht als Entwurf aufheben.</translation>
    </message>
    <message>
        <source>Write a text</source>
        <translation>Text schreiben</translation>
    </message>
</context>
<context>
    <name>basic::gui::ConversationDraft</name>
    <message>
        <source>What you write could not be kept: %1</source>
        <translation>Was du schreibst, ließ sich nicht aufheben: %1</translation>
    </message>
</context>
<context>
    <name>basic::gui::ConversationHeader</name>
    <message>
        <source>Back to the buddies</source>
        <translation>Zurück zu den Kontakten</translation>
    </message>
    <message>
        <source>Search this conversation</source>
        <translation>Dieses Gespräch durchsuchen</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>%1 since %2</source>
        <translation>%1 seit %2</translation>
    </message>
</context>
<context>
    <name>basic::gui::ConversationOffer</name>
    <message>
        <source>Send what was written before</source>
        <translation>Früher Geschriebenes senden</translation>
    </message>
    <message>
        <source>Send now</source>
        <translation>Jetzt senden</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>%1 is back. Send what you wrote?</source>
        <translation>%1 ist wieder da. Senden, was du geschrieben hast?</translation>
    </message>
</context>
<context>
    <name>basic::gui::ConversationPane</name>
    <message>
        <source>Earlier texts could not be loaded: %1</source>
        <translation>Frühere Texte ließen sich nicht laden: %1</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>Nicht gesendet: %1</translation>
    </message>
    <message>
        <source>Conversation with %1</source>
        <translation>Gespräch mit %1</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>%1 is offline. Send it again when %1 is back.</source>
        <translation>%1 ist offline. Sende es noch einmal, wenn %1 wieder da ist.</translation>
    </message>
    <message>
        <source>%1 is offline. What you wrote is kept, and offered when %1 is back.</source>
        <translation>%1 ist offline. Was du geschrieben hast, bleibt und wird dir angeboten, wenn %1 wieder da ist.</translation>
    </message>
    <message>
        <source>%1 is offline. What you write is kept as a draft and offered when %1 is back.</source>
        <translation>%1 ist offline. Was du schreibst, bleibt als Entwurf und wird dir angeboten, wenn %1 wieder da ist.</translation>
    </message>
</context>
<context>
    <name>basic::gui::ConversationSearch</name>
    <message>
        <source>The one before (Enter)</source>
        <translation>Vorige Stelle (Eingabetaste)</translation>
    </message>
    <message>
        <source>The one after (Shift+Enter)</source>
        <translation>Nächste Stelle (Umschalt+Eingabetaste)</translation>
    </message>
    <message>
        <source>End the search (Esc)</source>
        <translation>Suche beenden (Esc)</translation>
    </message>
    <message>
        <source>Search this conversation</source>
        <translation>Dieses Gespräch durchsuchen</translation>
    </message>
    <message>
        <source>Words to find</source>
        <translation>Gesuchte Wörter</translation>
    </message>
    <message>
        <source>Find in this conversation</source>
        <translation>In diesem Gespräch suchen</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>a hit of all hits</comment>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>basic::gui::ConversationView</name>
    <message>
        <source>Conversation</source>
        <translation>Gespräch</translation>
    </message>
    <message>
        <source>Scroll the conversation</source>
        <translation>Gespräch blättern</translation>
    </message>
    <message>
        <source>Conversation with %1</source>
        <translation>Gespräch mit %1</translation>
    </message>
    <message>
        <source>You and %1 have not talked yet.</source>
        <translation>Du und %1, ihr habt noch nicht miteinander geredet.</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Open link …</source>
        <translation>Link öffnen …</translation>
    </message>
    <message>
        <source>What to do with this text</source>
        <translation>Was mit diesem Text geschehen soll</translation>
    </message>
    <message>
        <source>Copy selected</source>
        <translation>Auswahl kopieren</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Link to %1 …</source>
        <translation>Link zu %1 …</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Noch einmal senden</translation>
    </message>
    <message>
        <source>Time and details</source>
        <translation>Zeit und Einzelheiten</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
</context>
<context>
    <name>basic::gui::Conversations</name>
    <message>
        <source>Open conversations</source>
        <translation>Offene Gespräche</translation>
    </message>
    <message>
        <source>Choose somebody to talk with.</source>
        <translation>Wähle aus, mit wem du reden willst.</translation>
    </message>
    <message>
        <source>Nobody is here yet</source>
        <translation>Noch ist niemand hier</translation>
    </message>
    <message>
        <source>Add your first buddy</source>
        <translation>Ersten Kontakt hinzufügen</translation>
    </message>
    <message>
        <source>All you need is the name somebody has registered. You see each other as soon as both have added the other.</source>
        <translation>Du brauchst nur den Namen, den jemand angemeldet hat. Ihr seht einander, sobald beide den anderen hinzugefügt haben.</translation>
    </message>
</context>
<context>
    <name>basic::gui::DetailsPopover</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Sent by you</source>
        <translation>Von dir gesendet</translation>
    </message>
    <message>
        <source>Sent by %1</source>
        <translation>Von %1 gesendet</translation>
    </message>
    <message numerus="yes">
        <source>%n letters</source>
        <translation>
            <numerusform>%n Zeichen</numerusform>
            <numerusform>%n Zeichen</numerusform>
        </translation>
    </message>
    <message>
        <source>received</source>
        <translation>empfangen</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>zugestellt</translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>unterwegs</translation>
    </message>
    <message>
        <source>not delivered</source>
        <translation>nicht zugestellt</translation>
    </message>
</context>
<context>
    <name>basic::gui::EmojiPicker</name>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>Search emoji by name</source>
        <translation>Emoji nach Namen suchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Emoji found</source>
        <translation>Gefundene Emoji</translation>
    </message>
</context>
<context>
    <name>basic::gui::JumpButton</name>
    <message numerus="yes">
        <source>To the newest text, %n new</source>
        <translation>
            <numerusform>Zum neuesten Text, %n neuer</numerusform>
            <numerusform>Zum neuesten Text, %n neue</numerusform>
        </translation>
    </message>
    <message>
        <source>To the newest text</source>
        <translation>Zum neuesten Text</translation>
    </message>
</context>
<context>
    <name>basic::gui::KeyPage</name>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>%1 is yours</source>
        <translation>%1 gehört dir</translation>
    </message>
    <message>
        <source>This is the fingerprint of your key. Whoever wants to be sure that it is you compares it with what Basic shows of you: by telephone, or when you meet. You find it again in the settings.</source>
        <translation>Das ist der Fingerabdruck deines Schlüssels. Wer sicher sein will, dass du es bist, vergleicht ihn mit dem, was Basic von dir zeigt: am Telefon oder wenn ihr euch trefft. Du findest ihn in den Einstellungen wieder.</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>Copy the fingerprint</source>
        <translation>Fingerabdruck kopieren</translation>
    </message>
    <message>
        <source>C&amp;ontinue</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>The key of %1 has changed</source>
        <translation>Der Schlüssel von %1 hat sich geändert</translation>
    </message>
    <message>
        <source>The name %1 now belongs to another key than before. Either the name ran out and was registered anew, or somebody else has it. Ask %1 in another way, and compare the number below: both of you must see the same. Until you accept it, nothing is sent.</source>
        <translation>Der Name %1 gehört jetzt zu einem anderen Schlüssel als bisher. Entweder ist der Name abgelaufen und neu registriert worden, oder jemand anders hat ihn. Frag %1 auf einem anderen Weg und vergleicht die Zahl unten: Ihr müsst beide dieselbe sehen. Solange du sie nicht annimmst, wird nichts gesendet.</translation>
    </message>
    <message>
        <source>To compare with %1</source>
        <translation>Zum Vergleichen mit %1</translation>
    </message>
    <message>
        <source>New fingerprint</source>
        <translation>Neuer Fingerabdruck</translation>
    </message>
    <message>
        <source>Fingerprint until now</source>
        <translation>Bisheriger Fingerabdruck</translation>
    </message>
    <message>
        <source>Accept the new key</source>
        <translation>Neuen Schlüssel annehmen</translation>
    </message>
    <message>
        <source>&amp;Not now</source>
        <translation>Jetzt &amp;nicht</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Jetzt nicht</translation>
    </message>
    <message>
        <source>&amp;Accept the new key</source>
        <translation>Neuen Schlüssel &amp;annehmen</translation>
    </message>
</context>
<context>
    <name>basic::gui::LinkPopover</name>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>This link leads to %1</source>
        <translation>Dieser Link führt zu %1</translation>
    </message>
    <message>
        <source>Address: %1</source>
        <translation>Adresse: %1</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open in the browser</source>
        <translation>Im Browser öffnen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Adresse kopieren</translation>
    </message>
</context>
<context>
    <name>basic::gui::NoticeBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>Diesen Hinweis schließen</translation>
    </message>
</context>
<context>
    <name>basic::gui::Notifier</name>
    <message>
        <source>is online</source>
        <translation>ist online</translation>
    </message>
    <message>
        <source>is not on your list and would like to talk with you</source>
        <translation>ist nicht auf deiner Liste und möchte mit dir reden</translation>
    </message>
    <message>
        <source>Reply to %1 …</source>
        <translation>%1 antworten …</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>Antworten</translation>
    </message>
</context>
<context>
    <name>basic::gui::OwnHeader</name>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Your picture</source>
        <translation>Dein Bild</translation>
    </message>
    <message>
        <source>Your own words</source>
        <translation>Deine eigenen Worte</translation>
    </message>
    <message>
        <source>Menu</source>
        <translation>Menü</translation>
    </message>
    <message>
        <source>How you are shown</source>
        <translation>Wie du gezeigt wirst</translation>
    </message>
    <message>
        <source>away, since you do nothing here</source>
        <translation>abwesend, weil du hier nichts tust</translation>
    </message>
    <message>
        <source>Your status: %1</source>
        <translation>Dein Status: %1</translation>
    </message>
    <message>
        <source>%1, but your line is cut: nobody sees it</source>
        <translation>%1, aber deine Leitung ist unterbrochen: niemand sieht es</translation>
    </message>
    <message numerus="yes">
        <source>Too long by %n bytes: there is room for %1.</source>
        <translation>
            <numerusform>Um ein Byte zu lang: Platz ist für %1.</numerusform>
            <numerusform>Um %n Bytes zu lang: Platz ist für %1.</numerusform>
        </translation>
    </message>
    <message>
        <source>What’s up?</source>
        <translation>Was gibt’s?</translation>
    </message>
</context>
<context>
    <name>basic::gui::PromptCard</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>basic::gui::RequestCards</name>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 wants to talk to you</source>
        <translation>%1 möchte mit dir reden</translation>
    </message>
    <message>
        <source>wants to talk to you</source>
        <translation>möchte mit dir reden</translation>
    </message>
    <message>
        <source>Fingerprint %1</source>
        <translation>Fingerabdruck %1</translation>
    </message>
    <message>
        <source>Show whole</source>
        <translation>Ganz zeigen</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>Block %1</source>
        <translation>%1 blockieren</translation>
    </message>
</context>
<context>
    <name>basic::gui::RosterDeeds</name>
    <message>
        <source>%1: %2.</source>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>%1 was not renamed</source>
        <translation>%1 wurde nicht umbenannt</translation>
    </message>
    <message numerus="yes">
        <source>%1 is in %n groups already, which is the most there can be.</source>
        <translation>
            <numerusform>%1 ist schon in einer Gruppe, mehr sind nicht möglich.</numerusform>
            <numerusform>%1 ist schon in %n Gruppen, mehr sind nicht möglich.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 stays in her groups</source>
        <translation>%1 bleibt in den bisherigen Gruppen</translation>
    </message>
    <message>
        <source>That was not noted</source>
        <translation>Das wurde nicht vermerkt</translation>
    </message>
    <message>
        <source>%1 was not blocked</source>
        <translation>%1 wurde nicht blockiert</translation>
    </message>
    <message>
        <source>%1 is blocked and sees you off line.</source>
        <translation>%1 ist blockiert und sieht dich als offline.</translation>
    </message>
    <message>
        <source>%1 is still blocked</source>
        <translation>%1 ist weiterhin blockiert</translation>
    </message>
    <message>
        <source>%1 was removed.</source>
        <translation>%1 wurde entfernt.</translation>
    </message>
    <message>
        <source>%1 was not removed</source>
        <translation>%1 wurde nicht entfernt</translation>
    </message>
</context>
<context>
    <name>basic::gui::RosterPane</name>
    <message>
        <source>Buddy list</source>
        <translation>Kontaktliste</translation>
    </message>
    <message>
        <source>Waiting for your answer</source>
        <translation>Wartet auf deine Antwort</translation>
    </message>
    <message>
        <source>Search buddies</source>
        <translation>Kontakte suchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Add a buddy</source>
        <translation>Kontakt hinzufügen</translation>
    </message>
    <message>
        <source>%1 was not added: %2.</source>
        <translation>%1 wurde nicht hinzugefügt: %2.</translation>
    </message>
    <message>
        <source>You are not signed on.</source>
        <translation>Du bist nicht angemeldet.</translation>
    </message>
    <message>
        <source>Nobody here matches your search.</source>
        <translation>Hier passt niemand zu deiner Suche.</translation>
    </message>
    <message>
        <source>No buddies yet. Add somebody by name.</source>
        <translation>Noch keine Kontakte. Füge jemanden über den Namen hinzu.</translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>Suche läuft …</translation>
    </message>
    <message>
        <source>%1 is on your list. To be sure that it is she, compare these numbers with those she sees.</source>
        <translation>%1 ist auf deiner Liste. Um sicherzugehen, dass es die richtige Person ist, vergleicht diese Zahlen miteinander.</translation>
    </message>
    <message>
        <source>New group for %1</source>
        <translation>Neue Gruppe für %1</translation>
    </message>
    <message>
        <source>Name of the group</source>
        <translation>Name der Gruppe</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>Anlegen</translation>
    </message>
    <message>
        <source>This name is too long.</source>
        <translation>Dieser Name ist zu lang.</translation>
    </message>
    <message>
        <source>What to do with %1</source>
        <translation>Was mit %1 geschehen soll</translation>
    </message>
    <message>
        <source>Unblock</source>
        <translation>Nicht mehr blockieren</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Rename …</source>
        <translation>Umbenennen …</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>New group …</source>
        <translation>Neue Gruppe …</translation>
    </message>
    <message>
        <source>Tell me when she comes on line</source>
        <translation>Bescheid geben, wenn online</translation>
    </message>
    <message>
        <source>Why is she shown so?</source>
        <translation>Warum wird das so angezeigt?</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>Blockieren</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>That was not kept: %1.</source>
        <translation>Das wurde nicht gespeichert: %1.</translation>
    </message>
</context>
<context>
    <name>basic::gui::SettingsPage</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Features</source>
        <translation>Funktionen</translation>
    </message>
    <message>
        <source>Each is a protocol of its own. A switch works at once; a feature is there where both sides have it on.</source>
        <translation>Jede ist ein Protokoll für sich. Ein Schalter wirkt sofort; eine Funktion gibt es dort, wo beide Seiten sie eingeschaltet haben.</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>&amp;Colours</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>&amp;Language (from the next start on)</source>
        <translation>&amp;Sprache (ab dem nächsten Start)</translation>
    </message>
    <message>
        <source>Conversations in &amp;tabs</source>
        <translation>Gespräche in &amp;Tabs</translation>
    </message>
    <message>
        <source>Habits</source>
        <translation>Verhalten</translation>
    </message>
    <message>
        <source>&amp;Notifications</source>
        <translation>&amp;Meldungen</translation>
    </message>
    <message>
        <source>&amp;Sounds</source>
        <translation>&amp;Töne</translation>
    </message>
    <message>
        <source>Closing the window leaves Basic in the t&amp;ray</source>
        <translation>Nach dem Schließen bleibt Basic in der &amp;Leiste</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source> min</source>
        <translation> min</translation>
    </message>
    <message>
        <source>&amp;Away by itself after so long without a key</source>
        <translation>Ohne Tastendruck von selbst &amp;abwesend nach</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Du</translation>
    </message>
    <message>
        <source>Your fingerprint</source>
        <translation>Dein Fingerabdruck</translation>
    </message>
    <message>
        <source>The fingerprint of your key, for others to compare</source>
        <translation>Der Fingerabdruck deines Schlüssels, zum Vergleichen für andere</translation>
    </message>
    <message>
        <source>Nodes of the table that answer</source>
        <translation>Knoten der Tabelle, die antworten</translation>
    </message>
    <message>
        <source>%1, %2 ms</source>
        <translation>%1, %2 ms</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Si&amp;ze of the letters (from the next start on)</source>
        <translation>Schrift&amp;größe (ab dem nächsten Start)</translation>
    </message>
</context>
<context>
    <name>basic::gui::ShortcutsPage</name>
    <message>
        <source>Keys and what they do</source>
        <translation>Tasten und was sie tun</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>basic::gui::SingleInstance</name>
    <message>
        <source>Cannot write to %1, so a second start will not find this window.</source>
        <translation>In %1 lässt sich nicht schreiben; ein zweiter Start wird dieses Fenster nicht finden.</translation>
    </message>
    <message>
        <source>Cannot make %1, so a second start will not find this window: %2</source>
        <translation>%1 lässt sich nicht anlegen; ein zweiter Start wird dieses Fenster nicht finden: %2</translation>
    </message>
    <message>
        <source>Basic is open with this profile already, but does not answer. End it, or choose another profile with --profile.</source>
        <translation>Basic ist mit diesem Profil schon offen, antwortet aber nicht. Beende es, oder wähle mit --profile ein anderes Profil.</translation>
    </message>
    <message>
        <source>Cannot make the folder %1.</source>
        <translation>Der Ordner %1 lässt sich nicht anlegen.</translation>
    </message>
    <message>
        <source>%1 is not a folder of yours alone. Remove it, or set XDG_RUNTIME_DIR.</source>
        <translation>%1 ist kein Ordner, der dir allein gehört. Entferne ihn, oder setze XDG_RUNTIME_DIR.</translation>
    </message>
</context>
<context>
    <name>basic::gui::StartPage</name>
    <message>
        <source>&amp;Username</source>
        <translation>&amp;Benutzername</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>&amp;Passwort</translation>
    </message>
    <message>
        <source>Password &amp;again</source>
        <translation>Passwort &amp;noch einmal</translation>
    </message>
    <message>
        <source>&amp;Show the password</source>
        <translation>Passwort &amp;zeigen</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Passwort zeigen</translation>
    </message>
    <message>
        <source>Strength of the password</source>
        <translation>Stärke des Passworts</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Sign on or register</source>
        <translation>Anmelden oder registrieren</translation>
    </message>
    <message>
        <source>Choose a name</source>
        <translation>Such dir einen Namen aus</translation>
    </message>
    <message>
        <source>Sign on</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Nobody has to allow it, and nobody can take it away. There is no way to reset a password, so choose one that you will know.</source>
        <translation>Niemand muss es erlauben, und niemand kann ihn dir nehmen. Ein Passwort lässt sich nicht zurücksetzen; wähle also eines, das du nicht vergisst.</translation>
    </message>
    <message>
        <source>Your name and password are all you need, on any machine.</source>
        <translation>Dein Name und dein Passwort sind alles, was du brauchst, an jedem Rechner.</translation>
    </message>
    <message>
        <source>&amp;Register</source>
        <translation>&amp;Registrieren</translation>
    </message>
    <message>
        <source>&amp;Sign on</source>
        <translation>&amp;Anmelden</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registrieren</translation>
    </message>
    <message>
        <source>I have a name a&amp;lready</source>
        <translation>Ich habe &amp;schon einen Namen</translation>
    </message>
    <message>
        <source>I am &amp;new here</source>
        <translation>Ich bin n&amp;eu hier</translation>
    </message>
    <message>
        <source>I have a name already</source>
        <translation>Ich habe schon einen Namen</translation>
    </message>
    <message>
        <source>I am new here</source>
        <translation>Ich bin neu hier</translation>
    </message>
    <message>
        <source>Too short: at least 8 characters.</source>
        <translation>Zu kurz: mindestens 8 Zeichen.</translation>
    </message>
    <message>
        <source>Too long: at most 1024 bytes.</source>
        <translation>Zu lang: höchstens 1024 Bytes.</translation>
    </message>
    <message>
        <source>It has characters that not every keyboard can type.</source>
        <translation>Es enthält Zeichen, die nicht jede Tastatur hat.</translation>
    </message>
    <message>
        <source>Easy to guess: about %1 bits of the %2 needed. Four or five words that have nothing to do with each other will do, and are easy to keep.</source>
        <translation>Leicht zu erraten: etwa %1 von %2 nötigen Bits. Vier oder fünf Wörter, die nichts miteinander zu tun haben, genügen und sind leicht zu merken.</translation>
    </message>
    <message>
        <source>Strong.</source>
        <translation>Stark.</translation>
    </message>
    <message>
        <source>Good enough.</source>
        <translation>Gut genug.</translation>
    </message>
    <message>
        <source>Type your username.</source>
        <translation>Gib deinen Benutzernamen ein.</translation>
    </message>
    <message>
        <source>Type your password.</source>
        <translation>Gib dein Passwort ein.</translation>
    </message>
    <message>
        <source>That password will not do: see what stands below it.</source>
        <translation>Dieses Passwort genügt nicht: Sieh nach, was darunter steht.</translation>
    </message>
    <message>
        <source>Type the password a second time.</source>
        <translation>Gib das Passwort ein zweites Mal ein.</translation>
    </message>
    <message>
        <source>The two passwords differ.</source>
        <translation>Die beiden Passwörter sind verschieden.</translation>
    </message>
    <message>
        <source>That is not the password of this name.</source>
        <translation>Das ist nicht das Passwort zu diesem Namen.</translation>
    </message>
    <message>
        <source>Nobody has registered this name. Is it spelled right? If you want it, choose “I am new here”.</source>
        <translation>Diesen Namen hat niemand registriert. Ist er richtig geschrieben? Wenn du ihn haben willst, wähle „Ich bin neu hier“.</translation>
    </message>
    <message>
        <source>This name belongs to somebody already. Choose another one.</source>
        <translation>Dieser Name gehört schon jemandem. Wähle einen anderen.</translation>
    </message>
    <message>
        <source>A name has 3 to 32 characters: small letters a to z, digits, dot, dash and underscore, and begins with a letter.</source>
        <translation>Ein Name hat 3 bis 32 Zeichen: Kleinbuchstaben a bis z, Ziffern, Punkt, Bindestrich und Unterstrich, und beginnt mit einem Buchstaben.</translation>
    </message>
    <message>
        <source>No node answers, so no name can be claimed at the moment. Is this machine connected? Nothing is lost; try again.</source>
        <translation>Kein Knoten antwortet, deshalb lässt sich gerade kein Name beanspruchen. Ist dieser Rechner verbunden? Nichts ist verloren; versuch es noch einmal.</translation>
    </message>
    <message>
        <source>No node answers at the moment. Is this machine connected? Nothing is lost; try again.</source>
        <translation>Im Moment antwortet kein Knoten. Ist dieser Rechner verbunden? Nichts ist verloren; versuch es noch einmal.</translation>
    </message>
</context>
<context>
    <name>basic::gui::Strip</name>
    <message>
        <source>What is wrong</source>
        <translation>Was nicht stimmt</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>basic::gui::Tray</name>
    <message>
        <source>no connection</source>
        <translation>keine Verbindung</translation>
    </message>
    <message>
        <source>%1 unread</source>
        <translation>%1 ungelesen</translation>
    </message>
    <message>
        <source>Basic</source>
        <translation>Basic</translation>
    </message>
    <message>
        <source>Hide Basic</source>
        <translation>Basic ausblenden</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Show Basic</source>
        <translation>Basic zeigen</translation>
    </message>
</context>
<context>
    <name>basic::gui::Window</name>
    <message>
        <source>Nobody answers: this machine&apos;s line seems to be cut. Basic goes on by itself as soon as it is back.</source>
        <translation>Niemand antwortet: Die Leitung dieses Rechners ist offenbar unterbrochen. Basic macht von selbst weiter, sobald sie wieder da ist.</translation>
    </message>
    <message>
        <source>No node of the table answers. Those you talk with stay connected; nobody new is found until one is back.</source>
        <translation>Kein Knoten der Tabelle antwortet. Mit wem du redest, bleibt verbunden; andere sind erst zu finden, wenn wieder einer da ist.</translation>
    </message>
    <message>
        <source>The key of %1 has changed. Nothing is sent until you have compared it.</source>
        <translation>Der Schlüssel von %1 hat sich geändert. Bis du ihn verglichen hast, wird nichts gesendet.</translation>
    </message>
    <message>
        <source>You are signed on at another place, too. Texts reach the place where you were active last.</source>
        <translation>Du bist noch an einem anderen Ort angemeldet. Texte kommen dort an, wo du zuletzt aktiv warst.</translation>
    </message>
    <message>
        <source>Show the nodes</source>
        <translation>Knoten zeigen</translation>
    </message>
    <message>
        <source>Compare …</source>
        <translation>Vergleichen …</translation>
    </message>
    <message>
        <source>Sign off here</source>
        <translation>Hier abmelden</translation>
    </message>
</context>
</TS>
