// What does a value in a JSON document say, and if it is not what is allowed, in which words is it refused?
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

/// Keys stay in the order of the document.
using Json = nlohmann::ordered_json;

/// Thrown for a document that cannot be what it should be; `what()` names it, the field and what is allowed.
class JsonError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What messages call a document: its name, and what it should be ("run card").
struct Document {
  std::string name, kind;
};

/// Thrown for text that is not JSON (RFC 8259) at all.
class NotJsonError : public JsonError {
 public:
  using JsonError::JsonError;
};

/// The most bytes that a document may have.
inline constexpr std::size_t kMostDocumentBytes = std::size_t{1} << 26;

/// What of a document is read. The rest is only checked to be JSON.
struct Reading {
  /// Whether a member of the outermost object is kept; without it all are.
  std::function<bool(const std::string& name)> keeps = nullptr;
  std::size_t most_bytes = kMostDocumentBytes;
};

/// Reads JSON as RFC 8259 has it, nested at most 16 levels deep, with at most a million items in a list or an
/// object, in time linear in its size. Every number must be one that a double can hold, and only white space
/// may follow the document. Of members with the same name the last counts. A lone
/// surrogate in a text is read as U+FFFD, as the page reads it. Throws JsonError.
Json parse_json(std::span<const std::uint8_t> bytes, const Document& document, const Reading& reading = {});

/// One value of a document and the way to it. Looked at, not copied: the value must outlive its fields. All
/// that read it throw JsonError.
class Field {
 public:
  Field(const Json& value, Document document)
      : Field(value, std::make_shared<const Document>(std::move(document))) {}
  Field(const Json& value, std::shared_ptr<const Document> document, std::string path = "")
      : value_(value), document_(std::move(document)), path_(std::move(path)) {}

  /// A member of an object; it must be there.
  Field operator[](const char* key) const;
  /// Calls `visit` with the name and the value of every member of an object.
  void for_members(const std::function<void(const std::string&, const Field&)>& visit) const;
  /// Calls `visit` with every item of a list that has at least one.
  void for_items(const char* allowed, const std::function<void(const Field&)>& visit) const;

  const Json& value() const { return value_; }
  /// Whether it is an object with such a member.
  bool has(const char* key) const { return value_.is_object() && value_.contains(key); }
  bool is_object() const { return value_.is_object(); }
  bool is_null() const { return value_.is_null(); }

  /// Be it written as 50 or as 5e1.
  std::int64_t whole_number(std::int64_t least, std::int64_t most, const char* otherwise = "") const;
  void require_number(std::int64_t number, const char* why) const;
  /// A list of 1 to `longest` of them.
  std::vector<std::int64_t> whole_numbers(std::int64_t longest, std::int64_t least, std::int64_t most) const;
  std::vector<std::int64_t> different_whole_numbers(std::int64_t longest, std::int64_t least,
                                                    std::int64_t most) const;
  /// Finite and above 0.
  double positive_number() const;
  bool truth() const;
  std::string hex_digits(const char* otherwise = "") const;
  /// Text of 1 to `longest` bytes.
  std::string text(std::size_t longest = kMostDocumentBytes) const;
  std::string one_of(const std::vector<std::string>& texts) const;
  void require_text(std::string_view text) const;

  /// "FILE is no KIND: PATH must be …; … was given."
  [[noreturn]] void refuse(const std::string& allowed) const;
  /// "FILE is no KIND: " and what is said.
  [[noreturn]] void complain(const std::string& what) const;
  /// The way to the value, or to its member of that name.
  std::string path(const std::string& member = "") const;

 private:
  const Json& value_;
  std::shared_ptr<const Document> document_;
  std::string path_;
};

}  // namespace ska
