<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>basic::gui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Find a command or a buddy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Commands that match</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Talk with %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>basic::gui::Notifier</name>
    <message>
        <source>is online</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is not on your list and would like to talk with you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reply to %1 …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reply</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>basic::gui::ShortcutsPage</name>
    <message>
        <source>Keys and what they do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>basic::gui::SingleInstance</name>
    <message>
        <source>Cannot write to %1, so a second start will not find this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot make %1, so a second start will not find this window: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Basic is open with this profile already, but does not answer. End it, or choose another profile with --profile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cannot make the folder %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a folder of yours alone. Remove it, or set XDG_RUNTIME_DIR.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>basic::gui::Tray</name>
    <message>
        <source>no connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Basic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide Basic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show Basic</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
