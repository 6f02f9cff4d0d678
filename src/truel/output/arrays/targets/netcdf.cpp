#include "truel/output/arrays/targets/netcdf.hpp"

#include <dlfcn.h>
#include <fmt/format.h>
#include <hdf5.h>
#include <netcdf.h>
#include <netcdf_meta.h>
#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <new>
#include <utility>

#include "truel/output/files.hpp"

namespace truel::output {
namespace {

/// A chunk is read whole: large enough to compress well, small enough for a map of one day.
constexpr std::size_t kChunkBytes = std::size_t{4} << 20;
constexpr int kDeflateLevel = 1;

struct TypeInfo {
  nc_type type;
  std::size_t bytes;
};

TypeInfo info(ArrayType type) {
  switch (type) {
    case ArrayType::byte:
      return {NC_BYTE, 1};
    case ArrayType::character:
      return {NC_CHAR, 1};
    case ArrayType::int32:
      return {NC_INT, 4};
    case ArrayType::uint64:
      return {NC_UINT64, 8};
    case ArrayType::float32:
      return {NC_FLOAT, 4};
    case ArrayType::float64:
      return {NC_DOUBLE, 8};
  }
  return {NC_NAT, 0};
}

#ifdef TRUEL_NETCDF_LIBRARY
/// Whether there is no room for the libraries, of which the loader says no more than that they cannot be mapped. They
/// take 60 MiB.
bool is_memory_out() {
  constexpr std::size_t kBytes = std::size_t{64} << 20;
  void* const room = mmap(nullptr, kBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return room == MAP_FAILED || munmap(room, kBytes) != 0;
}
#endif

/// The functions of NetCDF and of HDF5 under it that are called here. With 35 other libraries they would be half of the
/// time in which the program starts, so they are opened with the first file, where the loader finds them by name.
class Library {
#ifdef TRUEL_NETCDF_LIBRARY
#define TRUEL_FOUND(name) decltype(&::name) name = reinterpret_cast<decltype(&::name)>(found(#name))
  void* const opened_ = dlopen(TRUEL_NETCDF_LIBRARY, RTLD_LAZY | RTLD_LOCAL);

  void* found(const char* name) {
    void* const function = opened_ == nullptr ? nullptr : dlsym(opened_, name);
    if (function == nullptr && !failure) {
      const char* const said = dlerror();
      failure = Diagnostic{{},
                           fmt::format("cannot be written: {}", said == nullptr ? "NetCDF cannot be opened" : said),
                           "install the NetCDF library (Debian: " TRUEL_NETCDF_PACKAGE ")"};
      if (is_memory_out()) {
        throw std::bad_alloc();
      }
    }
    return function;
  }
#else
#define TRUEL_FOUND(name) decltype(&::name) name = &::name
#endif

 public:
  std::optional<Diagnostic> failure;  ///< why they are not there
  TRUEL_FOUND(H5dont_atexit);
  TRUEL_FOUND(nc_close);
  TRUEL_FOUND(nc_create);
  TRUEL_FOUND(nc_def_dim);
  TRUEL_FOUND(nc_def_var);
  TRUEL_FOUND(nc_def_var_chunking);
  TRUEL_FOUND(nc_def_var_deflate);
  TRUEL_FOUND(nc_enddef);
  TRUEL_FOUND(nc_put_att_double);
  TRUEL_FOUND(nc_put_att_schar);
  TRUEL_FOUND(nc_put_att_text);
  TRUEL_FOUND(nc_put_vara);
  TRUEL_FOUND(nc_strerror);
#undef TRUEL_FOUND
};

const Library& library() {
  static const Library opened;
  return opened;
}

}  // namespace

NetcdfFile::NetcdfFile(const std::filesystem::path& path, std::size_t rows_a_chunk) : rows_a_chunk_(rows_a_chunk) {
  failure_ = library().failure;
  if (!ok()) {
    return;
  }
  // When the program ends, HDF5 would try once more to write a file that could not be closed for want of space, and
  // crash. Every file is closed before, or given up.
  static const bool is_left_alone = library().H5dont_atexit() >= 0;
  static_cast<void>(is_left_alone);
  errno = 0;
  check(library().nc_create(path.c_str(), NC_NETCDF4 | NC_CLOBBER, &id_), "create");
}

NetcdfFile::~NetcdfFile() {
  if (id_ >= 0) {
    library().nc_close(id_);
  }
}

ArrayDimension NetcdfFile::dimension(const std::string& name, std::size_t length) {
  ArrayDimension d{-1, length};
  if (ok()) {
    check(library().nc_def_dim(id_, name.c_str(), length == 0 ? NC_UNLIMITED : length, &d.id), name);
  }
  return d;
}

int NetcdfFile::variable(const std::string& name, ArrayType type, const std::vector<ArrayDimension>& dimensions,
                         const std::string& long_name, const std::string& units) {
  int variable = -1;
  if (!ok()) {
    return variable;
  }
  const TypeInfo stored = info(type);
  std::vector<int> ids;
  std::vector<std::size_t> chunk;
  std::size_t bytes_a_row = stored.bytes;
  for (const ArrayDimension& d : dimensions) {
    bytes_a_row *= chunk.empty() ? 1 : std::max<std::size_t>(1, d.length);
    ids.push_back(d.id);
    chunk.push_back(std::max<std::size_t>(1, chunk.empty() ? std::min(d.length, rows_a_chunk_) : d.length));
  }
  while (chunk[0] > 1 && chunk[0] * bytes_a_row > kChunkBytes) {
    chunk[0] = (chunk[0] + 1) / 2;
  }
  check(library().nc_def_var(id_, name.c_str(), stored.type, static_cast<int>(ids.size()), ids.data(), &variable),
        name);
  if (ok()) {
    check(library().nc_def_var_chunking(id_, variable, NC_CHUNKED, chunk.data()), name);
  }
  if (ok()) {
    check(library().nc_def_var_deflate(id_, variable, stored.bytes > 1 ? 1 : 0, 1, kDeflateLevel), name);
  }
  attribute(variable, "long_name", long_name);
  if (!units.empty()) {
    attribute(variable, "units", units);
  }
  if (ok() && (type == ArrayType::float32 || type == ArrayType::float64)) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    check(library().nc_put_att_double(id_, variable, "_FillValue", stored.type, 1, &nan), name);
  }
  return variable;
}

void NetcdfFile::attribute(int variable, const char* name, std::string_view value) {
  if (ok()) {
    check(library().nc_put_att_text(id_, variable, name, value.size(), value.data()), name);
  }
}

void NetcdfFile::attribute(const char* name, std::string_view value) {
  attribute(NC_GLOBAL, name, value);
}

void NetcdfFile::put_flag_values(int variable, std::span<const std::int8_t> values) {
  if (ok()) {
    check(library().nc_put_att_schar(id_, variable, "flag_values", NC_BYTE, values.size(), values.data()),
          "flag_values");
  }
}

void NetcdfFile::finish_definitions() {
  if (ok()) {
    check(library().nc_enddef(id_), "definitions");
  }
}

void NetcdfFile::put(int variable, const std::vector<ArrayDimension>& dimensions, std::size_t first,
                     const ArrayValues& values) {
  const auto put_rows = [&](const auto& own) {
    if (!ok() || own.empty()) {
      return;
    }
    std::vector<std::size_t> start(dimensions.size(), 0);
    std::vector<std::size_t> count;
    std::size_t row = 1;
    for (const ArrayDimension& d : dimensions) {
      row *= count.empty() ? 1 : d.length;
      count.push_back(d.length);
    }
    start[0] = first;
    count[0] = own.size() / row;
    check(library().nc_put_vara(id_, variable, start.data(), count.data(), own.data()), "data");
  };
  std::visit(put_rows, values);
}

std::optional<Diagnostic> NetcdfFile::close(const std::filesystem::path& name) {
  if (id_ >= 0) {
    const int id = std::exchange(id_, -1);
    check(library().nc_close(id), "close");
  }
  if (failure_) {
    failure_->where.file = name.string();
  }
  return failure_;
}

void NetcdfFile::check(int status, const std::string& what) {
  // HDF5 tells of every failure by one number, a full disk and want of memory alike.
  if (status == NC_ENOMEM || (status != NC_NOERR && errno == ENOMEM)) {
    throw std::bad_alloc();
  }
  errno = 0;
  if (status != NC_NOERR && ok()) {
    failure_ = cannot_write({}, fmt::format("{} ({})", library().nc_strerror(status), what));
  }
}

std::string_view netcdf_version() {
  return NC_VERSION;
}

}  // namespace truel::output
