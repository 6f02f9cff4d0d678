// Random123 asks for another processor than this one, but only by name: what it does with integers is plain C++.
#pragma once
#define __riscv 1  // NOLINT
#include "/usr/include/Random123/philox.h"
#undef __riscv
