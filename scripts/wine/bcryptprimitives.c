/* Go's runtime asks bcryptprimitives.dll for random numbers on Windows; Debian 12's Wine 8 has none. This stands in for it under Wine and nowhere else. */
#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T size) { return RtlGenRandom(bytes, (ULONG)size); }
