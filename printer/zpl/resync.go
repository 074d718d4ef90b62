package zpl

// Resync ends a label that broke off, wherever it did, so that the next one is a label of its own: ~JX (Cancel Current Partially Input Format). A
// tilde also ends the data of ^GF ("ZPL II Programming Guide", ^GF: "any caret or tilde character prematurely aborts the download"). A printer that
// is in no label ignores it.
const Resync = "~JX\r\n"
