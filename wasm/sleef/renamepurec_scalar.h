// Names of the functions of sleefsimddp.c, which is compiled twice as SLEEF's own build does: those that have a deterministic
// form with DETERMINISTIC, the others, which need none, without. What truel asks for has its name of sleef.h; what both
// compilations make and nobody asks for gets two.
#ifdef DETERMINISTIC
#define xexp Sleef_cinz_expd1_u10purec
#define xexp2 Sleef_cinz_exp2d1_u10purec
#define xsin_u1 Sleef_cinz_sind1_u10purec
#define xcos_u1 Sleef_cinz_cosd1_u10purec
#define xtan_u1 Sleef_cinz_tand1_u10purec
#define xasin_u1 Sleef_cinz_asind1_u10purec
#define xacos_u1 Sleef_cinz_acosd1_u10purec
#define xatan_u1 Sleef_cinz_atand1_u10purec
#define xatan2_u1 Sleef_cinz_atan2d1_u10purec
#define xacos deterministic_acos
#define xasin deterministic_asin
#define xatan deterministic_atan
#define xatan2 deterministic_atan2
#define xcos deterministic_cos
#define xcospi_u05 deterministic_cospi_u05
#define xexp10 deterministic_exp10
#define xexp10_u35 deterministic_exp10_u35
#define xexp2_u35 deterministic_exp2_u35
#define xgetInt deterministic_getInt
#define xgetPtr deterministic_getPtr
#define xilogb deterministic_ilogb
#define xldexp deterministic_ldexp
#define xsin deterministic_sin
#define xsincos deterministic_sincos
#define xsincos_u1 deterministic_sincos_u1
#define xsinpi_u05 deterministic_sinpi_u05
#define xtan deterministic_tan
#else
#define xexpm1 Sleef_cinz_expm1d1_u10purec
#define xlog_u1 Sleef_cinz_logd1_u10purec
#define xlog2 Sleef_cinz_log2d1_u10purec
#define xlog10 Sleef_cinz_log10d1_u10purec
#define xlog1p Sleef_cinz_log1pd1_u10purec
#define xpow Sleef_cinz_powd1_u10purec
#define xcbrt_u1 Sleef_cinz_cbrtd1_u10purec
#define xhypot_u05 Sleef_cinz_hypotd1_u05purec
#endif
