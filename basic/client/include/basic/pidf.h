#pragma once
// A buddy's state in the words of others: the Presence Information Data Format, RFC 3863.

#include <string>

#include "basic/buddy.h"

namespace basic {

/// A document of the type application/pidf+xml, in UTF-8. Its entity is `pres:NAME@ohim`: OHIM is
/// no domain of the DNS, so only programs that speak of OHIM can make something of it.
///
/// One tuple for each place where she is on line (`open`, her words as the note, since when), or
/// one that is `closed`, with the time since when she is off line. Away and busy are activities of
/// the person (RFC 4479, RFC 4480). Of a buddy whose state is unknown there is no tuple at all:
/// the document says nothing rather than something stale.
std::string to_pidf(const Buddy& buddy);

}  // namespace basic
