//go:build !purego

#include "textflag.h"

// MARKS compares the 64 bytes in Y3 and Y4 with 32 times the same byte and
// stores a bit for each of them, which is set where they agree.
#define MARKS(byte, to) \
	VPCMPEQB  byte, Y3, Y5 \
	VPCMPEQB  byte, Y4, Y6 \
	VPMOVMSKB Y5, AX       \
	VPMOVMSKB Y6, BX       \
	SHLQ      $32, BX      \
	ORQ       BX, AX       \
	MOVQ      AX, to

// func findByVectors(sets []Set, text string, separator byte)
TEXT ·findByVectors(SB), NOSPLIT, $0-41
	MOVQ sets_base+0(FP), DI
	MOVQ sets_len+8(FP), CX
	MOVQ text_base+24(FP), SI
	TESTQ CX, CX
	JZ   done

	// Y0, Y1, Y2: 32 separators, quotation marks, line feeds.
	VPBROADCASTB separator+40(FP), Y0
	MOVQ $0x22, AX
	MOVQ AX, X1
	VPBROADCASTB X1, Y1
	MOVQ $0x0a, AX
	MOVQ AX, X2
	VPBROADCASTB X2, Y2

block:
	VMOVDQU (SI), Y3
	VMOVDQU 32(SI), Y4
	MARKS(Y0, 0(DI))
	MARKS(Y1, 8(DI))
	MARKS(Y2, 16(DI))
	ADDQ $64, SI
	ADDQ $24, DI
	DECQ CX
	JNZ  block
	VZEROUPPER

done:
	RET
