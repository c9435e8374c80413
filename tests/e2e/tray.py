"""A desktop's panel, as far as a tray icon needs one: org.kde.StatusNotifierWatcher on the session
bus, and somebody who clicks. For a process that has a Desktop.
"""

import threading
import time

from gi.repository import Gio, GLib

from town import DEADLINE

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
INTERFACE = f"""<node><interface name="{WATCHER}">
  <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
  <method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
  <property name="ProtocolVersion" type="i" access="read"/>
  <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
  <signal name="StatusNotifierHostRegistered"/>
</interface></node>"""


class Panel:
    def __init__(self):
        self.item = None
        self.come = threading.Event()
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        self.bus.register_object("/StatusNotifierWatcher", interface, self.call, self.read, None)
        Gio.bus_own_name_on_connection(self.bus, WATCHER, Gio.BusNameOwnerFlags.NONE, None, None)
        self.loop = GLib.MainLoop()
        threading.Thread(target=self.loop.run, daemon=True).start()

    def call(self, _bus, sender, _path, _interface, method, _words, answer):
        if method == "RegisterStatusNotifierItem":
            self.item = sender
            self.come.set()
        answer.return_value(None)

    def read(self, _bus, _sender, _path, _interface, name):
        return {"IsStatusNotifierHostRegistered": GLib.Variant("b", True),
                "ProtocolVersion": GLib.Variant("i", 0),
                "RegisteredStatusNotifierItems": GLib.Variant("as", [])}[name]

    def wait_for_icon(self):
        assert self.come.wait(DEADLINE), "no icon came to the tray"

    def ask(self, interface, method, words):
        return self.bus.call_sync(self.item, "/StatusNotifierItem", interface, method, words, None,
                                  Gio.DBusCallFlags.NONE, int(DEADLINE * 1000), None)

    def tip(self):
        words = GLib.Variant("(ss)", (ITEM, "ToolTip"))
        return self.ask("org.freedesktop.DBus.Properties", "Get", words).unpack()[0][2]

    def wait_for_tip(self, words):
        end = time.monotonic() + DEADLINE
        while words not in self.tip():
            assert time.monotonic() < end, f"the icon says {self.tip()!r}, never {words!r}"
            time.sleep(0.1)

    def click(self):
        self.ask(ITEM, "Activate", GLib.Variant("(ii)", (0, 0)))

    def close(self):
        self.loop.quit()
