// Parses JSON documents and reads their values with precise error messages.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace ska {

/// Keys keep the order of the document.
using Json = nlohmann::ordered_json;

/// Thrown for an invalid document; `what()` names the document, the field and what is allowed.
class JsonError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// How messages refer to a document: its name, and what it should be ("run card").
struct Document {
  std::string name, kind;
};

/// Thrown for text that is not JSON (RFC 8259) at all.
class NotJsonError : public JsonError {
 public:
  using JsonError::JsonError;
};

/// The maximum size of a document in bytes.
inline constexpr std::size_t kMostDocumentBytes = std::size_t{1} << 26;

/// Which parts of a document are kept. The rest is only checked to be JSON.
struct Reading {
  /// Whether to keep a member of the outermost object; if unset, all are kept.
  std::function<bool(const std::string& name)> keeps = nullptr;
  std::size_t most_bytes = kMostDocumentBytes;
};

/// Parses JSON (RFC 8259) in linear time. The nesting is limited to 16 levels, and a list or an object to a
/// million items. Every number must be in the range of a double, and only white space may follow the
/// document. Of members with the same name the last one counts. A lone surrogate in a string becomes U+FFFD,
/// as in the page. Throws JsonError.
Json parse_json(std::span<const std::uint8_t> bytes, const Document& document, const Reading& reading = {});

/// One value of a document and its path. It refers to the value, which must outlive the field. The functions
/// that read the value throw JsonError.
class Field {
 public:
  Field(const Json& value, Document document)
      : Field(value, std::make_shared<const Document>(std::move(document))) {}
  Field(const Json& value, std::shared_ptr<const Document> document, std::string path = "")
      : value_(value), document_(std::move(document)), path_(std::move(path)) {}

  /// A member of an object. Throws if it is missing.
  Field operator[](const char* key) const;
  /// Calls `visit` with the name and the value of every member of an object.
  void for_members(const std::function<void(const std::string&, const Field&)>& visit) const;
  /// Calls `visit` with every item of a list. The list must not be empty.
  void for_items(const char* allowed, const std::function<void(const Field&)>& visit) const;

  const Json& value() const { return value_; }
  /// Whether the value is an object with this member.
  bool has(const char* key) const { return value_.is_object() && value_.contains(key); }
  bool is_object() const { return value_.is_object(); }
  bool is_null() const { return value_.is_null(); }

  /// A whole number, written as 50 or as 5e1.
  std::int64_t whole_number(std::int64_t least, std::int64_t most, const char* otherwise = "") const;
  void require_number(std::int64_t number, const char* why) const;
  /// A list of 1 to `longest` whole numbers.
  std::vector<std::int64_t> whole_numbers(std::int64_t longest, std::int64_t least, std::int64_t most) const;
  std::vector<std::int64_t> different_whole_numbers(std::int64_t longest, std::int64_t least,
                                                    std::int64_t most) const;
  /// A finite number above 0.
  double positive_number() const;
  bool truth() const;
  std::string hex_digits(const char* otherwise = "") const;
  /// A string of 1 to `longest` bytes.
  std::string text(std::size_t longest = kMostDocumentBytes) const;
  std::string one_of(const std::vector<std::string>& texts) const;
  void require_text(std::string_view text) const;

  /// Throws "FILE is no KIND: PATH must be …; … was given."
  [[noreturn]] void refuse(const std::string& allowed) const;
  /// Throws "FILE is no KIND: " followed by `what`.
  [[noreturn]] void complain(const std::string& what) const;
  /// The path of the value, or of one of its members.
  std::string path(const std::string& member = "") const;

 private:
  const Json& value_;
  std::shared_ptr<const Document> document_;
  std::string path_;
};

}  // namespace ska
