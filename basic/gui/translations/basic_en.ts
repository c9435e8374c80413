<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Bubble</name>
    <message numerus="yes">
        <source>Show all (%n letters)</source>
        <translation>
            <numerusform>Show all (%n letter)</numerusform>
            <numerusform>Show all (%n letters)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Why</name>
    <message numerus="yes">
        <source>She is at %n places.</source>
        <translation>
            <numerusform>She is at one place.</numerusform>
            <numerusform>She is at %n places.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>%n unread</source>
        <translation>
            <numerusform>%n unread</numerusform>
            <numerusform>%n unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>basic::gui::BuddyModel</name>
    <message numerus="yes">
        <source>%1, %n persons</source>
        <translation>
            <numerusform>%1, one person</numerusform>
            <numerusform>%1, %n persons</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>basic::gui::Composer</name>
    <message numerus="yes">
        <source>Too long by %n bytes: a text has room for %1. Send it in parts.</source>
        <translation>
            <numerusform>Too long by one byte: a text has room for %1. Send it in parts.</numerusform>
            <numerusform>Too long by %n bytes: a text has room for %1. Send it in parts.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>basic::gui::DetailsPopover</name>
    <message numerus="yes">
        <source>%n letters</source>
        <translation>
            <numerusform>%n letter</numerusform>
            <numerusform>%n letters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>basic::gui::JumpButton</name>
    <message numerus="yes">
        <source>To the newest text, %n new</source>
        <translation>
            <numerusform>To the newest text, %n new</numerusform>
            <numerusform>To the newest text, %n new</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>basic::gui::OwnHeader</name>
    <message numerus="yes">
        <source>Too long by %n bytes: there is room for %1.</source>
        <translation>
            <numerusform>Too long by one byte: there is room for %1.</numerusform>
            <numerusform>Too long by %n bytes: there is room for %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>basic::gui::RequestCards</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>basic::gui::RosterDeeds</name>
    <message numerus="yes">
        <source>%1 is in %n groups already, which is the most there can be.</source>
        <translation>
            <numerusform>%1 is in one group already, which is the most there can be.</numerusform>
            <numerusform>%1 is in %n groups already, which is the most there can be.</numerusform>
        </translation>
    </message>
</context>
</TS>
