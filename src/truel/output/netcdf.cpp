#include "truel/output/netcdf.hpp"

#include <fmt/format.h>
#include <hdf5.h>
#include <netcdf.h>
#include <netcdf_meta.h>

#include <algorithm>
#include <limits>

namespace truel::output {
namespace {

/// A chunk is read whole: large enough to compress well, small enough for a map of one day.
constexpr std::size_t kChunkBytes = std::size_t{4} << 20;
constexpr int kDeflateLevel = 1;

struct TypeInfo {
  nc_type type;
  std::size_t bytes;
};

TypeInfo info(NetcdfType type) {
  switch (type) {
    case NetcdfType::byte:
      return {NC_BYTE, 1};
    case NetcdfType::character:
      return {NC_CHAR, 1};
    case NetcdfType::int32:
      return {NC_INT, 4};
    case NetcdfType::uint64:
      return {NC_UINT64, 8};
    case NetcdfType::float32:
      return {NC_FLOAT, 4};
    case NetcdfType::float64:
      return {NC_DOUBLE, 8};
  }
  return {NC_NAT, 0};
}

}  // namespace

NetcdfFile::NetcdfFile(const std::filesystem::path& path, std::size_t rows_a_chunk) : rows_a_chunk_(rows_a_chunk) {
  // When the program ends, HDF5 would try once more to write a file that could not be closed for want of space, and
  // crash. Every file is closed before, or given up.
  static const bool is_left_alone = H5dont_atexit() >= 0;
  static_cast<void>(is_left_alone);
  check(nc_create(path.c_str(), NC_NETCDF4 | NC_CLOBBER, &id_), "create");
}

NetcdfFile::~NetcdfFile() {
  static_cast<void>(close());
}

NetcdfDimension NetcdfFile::dimension(const std::string& name, std::size_t length) {
  NetcdfDimension d{-1, length};
  if (ok()) {
    check(nc_def_dim(id_, name.c_str(), length == 0 ? NC_UNLIMITED : length, &d.id), name);
  }
  return d;
}

int NetcdfFile::variable(const std::string& name, NetcdfType type, const std::vector<NetcdfDimension>& dimensions,
                         const std::string& long_name, const std::string& units) {
  int variable = -1;
  if (!ok()) {
    return variable;
  }
  const TypeInfo stored = info(type);
  std::vector<int> ids;
  std::vector<std::size_t> chunk;
  std::size_t bytes_a_row = stored.bytes;
  for (const NetcdfDimension& d : dimensions) {
    bytes_a_row *= chunk.empty() ? 1 : std::max<std::size_t>(1, d.length);
    ids.push_back(d.id);
    chunk.push_back(std::max<std::size_t>(1, chunk.empty() ? std::min(d.length, rows_a_chunk_) : d.length));
  }
  while (chunk[0] > 1 && chunk[0] * bytes_a_row > kChunkBytes) {
    chunk[0] = (chunk[0] + 1) / 2;
  }
  check(nc_def_var(id_, name.c_str(), stored.type, static_cast<int>(ids.size()), ids.data(), &variable), name);
  if (ok()) {
    check(nc_def_var_chunking(id_, variable, NC_CHUNKED, chunk.data()), name);
  }
  if (ok()) {
    check(nc_def_var_deflate(id_, variable, stored.bytes > 1 ? 1 : 0, 1, kDeflateLevel), name);
  }
  attribute(variable, "long_name", long_name);
  if (!units.empty()) {
    attribute(variable, "units", units);
  }
  if (ok() && (type == NetcdfType::float32 || type == NetcdfType::float64)) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    check(nc_put_att_double(id_, variable, "_FillValue", stored.type, 1, &nan), name);
  }
  return variable;
}

NetcdfDimension NetcdfFile::characters(std::size_t length) {
  const auto [found, is_new] = characters_.try_emplace(length);
  if (is_new) {
    found->second = dimension(fmt::format("characters{}", length), length);
  }
  return found->second;
}

int NetcdfFile::labels(const std::string& name, const NetcdfDimension& along, const std::string& long_name,
                       const std::vector<std::string>& texts) {
  std::size_t longest = 1;
  for (const std::string& text : texts) {
    longest = std::max(longest, text.size());
  }
  Labels rows{-1, {along, characters(longest)}, std::vector<char>(texts.size() * longest, '\0')};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::copy(texts[i].begin(), texts[i].end(), rows.text.begin() + static_cast<std::ptrdiff_t>(i * longest));
  }
  rows.variable = variable(name, NetcdfType::character, rows.dimensions, long_name);
  attribute(rows.variable, "_Encoding", "utf-8");
  labels_.push_back(std::move(rows));
  return labels_.back().variable;
}

void NetcdfFile::attribute(int variable, const char* name, std::string_view value) {
  if (ok()) {
    check(nc_put_att_text(id_, variable, name, value.size(), value.data()), name);
  }
}

void NetcdfFile::attribute(const char* name, std::string_view value) {
  attribute(NC_GLOBAL, name, value);
}

void NetcdfFile::flags(int variable, const std::vector<std::pair<int, std::string>>& meanings) {
  std::vector<std::int8_t> values;
  std::string words;
  for (const auto& [value, meaning] : meanings) {
    values.push_back(static_cast<std::int8_t>(value));
    std::string word = meaning;
    std::replace(word.begin(), word.end(), ' ', '_');
    words += fmt::format("{}{}", words.empty() ? "" : " ", word);
  }
  if (ok()) {
    check(nc_put_att_schar(id_, variable, "flag_values", NC_BYTE, values.size(), values.data()), "flag_values");
  }
  attribute(variable, "flag_meanings", words);
}

void NetcdfFile::end_definitions() {
  if (ok()) {
    check(nc_enddef(id_), "definitions");
  }
  for (const Labels& rows : labels_) {
    put(rows.variable, rows.dimensions, 0, std::span<const char>(rows.text));
  }
  labels_.clear();
}

template <class T, class F>
void NetcdfFile::put_rows(const std::vector<NetcdfDimension>& dimensions, std::size_t first, std::span<const T> values,
                          F&& call) {
  if (!ok() || values.empty()) {
    return;
  }
  std::vector<std::size_t> start(dimensions.size(), 0);
  std::vector<std::size_t> count;
  std::size_t row = 1;
  for (const NetcdfDimension& d : dimensions) {
    row *= count.empty() ? 1 : d.length;
    count.push_back(d.length);
  }
  start[0] = first;
  count[0] = values.size() / row;
  check(call(start.data(), count.data()), "data");
}

void NetcdfFile::put(int variable, const std::vector<NetcdfDimension>& dimensions, std::size_t first,
                     std::span<const std::int8_t> values) {
  put_rows(dimensions, first, values, [&](const auto* start, const auto* count) {
    return nc_put_vara_schar(id_, variable, start, count, values.data());
  });
}
void NetcdfFile::put(int variable, const std::vector<NetcdfDimension>& dimensions, std::size_t first,
                     std::span<const char> values) {
  put_rows(dimensions, first, values, [&](const auto* start, const auto* count) {
    return nc_put_vara_text(id_, variable, start, count, values.data());
  });
}
void NetcdfFile::put(int variable, const std::vector<NetcdfDimension>& dimensions, std::size_t first,
                     std::span<const std::int32_t> values) {
  put_rows(dimensions, first, values, [&](const auto* start, const auto* count) {
    return nc_put_vara_int(id_, variable, start, count, values.data());
  });
}
void NetcdfFile::put(int variable, const std::vector<NetcdfDimension>& dimensions, std::size_t first,
                     std::span<const std::uint64_t> values) {
  const std::vector<unsigned long long> wide(values.begin(), values.end());
  put_rows(dimensions, first, values, [&](const auto* start, const auto* count) {
    return nc_put_vara_ulonglong(id_, variable, start, count, wide.data());
  });
}
void NetcdfFile::put(int variable, const std::vector<NetcdfDimension>& dimensions, std::size_t first,
                     std::span<const float> values) {
  put_rows(dimensions, first, values, [&](const auto* start, const auto* count) {
    return nc_put_vara_float(id_, variable, start, count, values.data());
  });
}
void NetcdfFile::put(int variable, const std::vector<NetcdfDimension>& dimensions, std::size_t first,
                     std::span<const double> values) {
  put_rows(dimensions, first, values, [&](const auto* start, const auto* count) {
    return nc_put_vara_double(id_, variable, start, count, values.data());
  });
}

std::string NetcdfFile::close() {
  if (id_ >= 0) {
    const int id = id_;
    id_ = -1;
    check(nc_close(id), "close");
  }
  return failure_;
}

void NetcdfFile::check(int status, const std::string& what) {
  if (status != NC_NOERR && failure_.empty()) {
    failure_ = fmt::format("{} ({})", nc_strerror(status), what);
  }
}

std::string_view netcdf_version() {
  return NC_VERSION;
}

}  // namespace truel::output
