/* Rust's std asks bcryptprimitives.dll for random bytes. Wine 8.0, which Debian 12 has, lacks
   it, but has the older function that does the same. */

#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T length) {
    return RtlGenRandom(bytes, (ULONG)length);
}
