#pragma once
// A history as the first version wrote it, for lisa, with the key of profile_fixture.h: two texts
// with milhouse (numbers 1 and 2), one of bart, whose key is pinned, and notes on milhouse.

namespace basic::test {

inline constexpr char kHistoryOfVersion0[] =
    "CREATE TABLE pins (tag BLOB PRIMARY KEY, box BLOB NOT NULL) WITHOUT ROWID;\n"
    "INSERT INTO pins VALUES(X'de2bbcd97dee704f341672f8e516f936',X'9de3084899ff44885e16ec"
    "76dfb7deb2c698ef965c5a43de7556893898ab22c4dc7d0e518a07819f20870c1aaef2237df15e8d3d29"
    "91015c8357d93739bc7be9d75a373dcb06e7b4a2a2881a2d');\n"
    "CREATE TABLE notes (tag BLOB PRIMARY KEY, box BLOB NOT NULL) WITHOUT ROWID;\n"
    "INSERT INTO notes VALUES(X'f656cb92d394f4a62bd2fbd081e7a004',X'3f77a73d0a70421a6060d"
    "63af9902776da392f7b6f9514845a26d75bc0a7109cda026951e94eb3109814ea4762b7dc1cc894c9d1c"
    "8b467f97110');\n"
    "CREATE TABLE texts (  number INTEGER PRIMARY KEY, peer BLOB NOT NULL, outgoing INTEG"
    "ER NOT NULL,  id BLOB NOT NULL, box BLOB NOT NULL, UNIQUE (peer, outgoing, id));\n"
    "INSERT INTO texts VALUES(1,X'f656cb92d394f4a62bd2fbd081e7a004',0,X'01000000000000000"
    "000000000000000',X'a6d10b51626ece7656e454af66d3fa3d538c3faaf048491ae25ed696cbe9e0757"
    "11bfa38a0cbd5de612cc4cf3b5cde5567604bb5478d57faab7d927955f768832c78bfbf8a90ec2ad9b4f"
    "e91');\n"
    "INSERT INTO texts VALUES(2,X'f656cb92d394f4a62bd2fbd081e7a004',1,X'02000000000000000"
    "000000000000000',X'c255bd6c21179c75e3e7cea4b52d3dcbcc4820fceb91927841e82bb937af1a60a"
    "0431d806803aa39e7fc1591fc73b61c682d3780f8da337075762304');\n"
    "INSERT INTO texts VALUES(3,X'de2bbcd97dee704f341672f8e516f936',0,X'03000000000000000"
    "000000000000000',X'4c4580f79d735ab2d31d5096489625aa116b0bfcd48e0147984ea1eb712a2b590"
    "74ab56b39c70c3b100de790dda5ed36f8eb07b89b2a78ff53d5fce411');\n"
    "CREATE INDEX texts_of_peer ON texts (peer, number);\n";

}  // namespace basic::test
