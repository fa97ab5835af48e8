using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NewsHub.Core.Events;

namespace NewsHub.Core.Engagement;

/// <summary>
/// What is kept of a reader who reacted to a story or shared it: a hash of the cookie's key and the story. It tells the same reader
/// of the same story again, and nothing else: two stories' marks of one reader have nothing in common.
/// </summary>
public static class ReaderMark
{
    /// <param name="key">The random key in the reader's own cookie.</param>
    /// <returns>22 characters.</returns>
    public static string Of(string key, StoryId story) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{story}:{key}")).AsSpan(0, 16));
}
