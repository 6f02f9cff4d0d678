// Characters of UTF-8 text, and texts of the user in messages.
#pragma once

#include <string>
#include <string_view>

namespace truel {

/// What `next_character` gives for a byte that begins no character.
inline constexpr char32_t kNoCharacter = 0xFFFFFFFF;

/// Takes the first character off `text`, which must not be empty, and gives its code point; of a byte that begins no
/// well-formed character (Unicode 15, table 3-7) that byte alone.
char32_t next_character(std::string_view& text);

/// Whether a character moves the cursor, recolours a terminal or breaks a line: C0, DEL, C1, the separators of lines
/// and paragraphs.
bool is_control(char32_t c);

/// Whether a character changes the direction in which those after it are shown.
bool is_direction(char32_t c);

/// `text` on one line of a message, with what cannot be seen written out: \u001b for a control character, a mark of
/// direction or of byte order, \xff for a byte that is no UTF-8.
std::string escaped(std::string_view text);

/// Whether a text has no character that shows: none at all, or blanks of every kind, controls, marks and joiners alone.
bool shows_nothing(std::string_view text);

/// `text` without blanks, tabs and line ends before and after it.
std::string_view trimmed(std::string_view text);

/// With the letters A to Z as a to z, and all else as it is.
std::string lower_case(std::string_view text);

}  // namespace truel
